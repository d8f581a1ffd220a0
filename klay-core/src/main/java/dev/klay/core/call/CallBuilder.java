package dev.klay.core.call;

import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;

/**
 * Makes a {@link Call} of what JSON-RPC's call object has. What is not set is zero or empty, the
 * sender included. For one thread.
 */
public final class CallBuilder {
  private final Optional<Address> to;
  private Address from = Address.ZERO;
  private Amount value = Amount.ZERO;
  private Bytes input = Bytes.EMPTY;
  private long gas;
  private Amount gasPrice = Amount.ZERO;
  private Optional<Amount> priorityPrice = Optional.empty();
  private AccessList accessList = AccessList.EMPTY;

  CallBuilder(Optional<Address> to) {
    this.to = to;
  }

  /** The sender; what CALLER and ORIGIN give. */
  public CallBuilder from(Address sender) {
    from = sender;
    return this;
  }

  /** What is sent along; the sender must own it. */
  public CallBuilder value(Amount sent) {
    value = sent;
    return this;
  }

  /** Calldata, or init code. */
  public CallBuilder input(Bytes data) {
    input = data;
    return this;
  }

  /**
   * The gas limit; 0 for as much as allowed.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public CallBuilder gas(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a gas limit is not negative: " + limit);
    }
    gas = limit;
    return this;
  }

  /** The most that is paid for a unit of gas; zero for a call that nobody pays. */
  public CallBuilder gasPrice(Amount most) {
    gasPrice = most;
    return this;
  }

  /** The most of the price that is for the proposer; as much as the price unless set. */
  public CallBuilder priorityPrice(Amount most) {
    priorityPrice = Optional.of(most);
    return this;
  }

  /** Addresses and slots that are announced (EIP-2930). */
  public CallBuilder accessList(AccessList list) {
    accessList = list;
    return this;
  }

  public Call build() {
    DynamicFeeTx tx =
        new DynamicFeeTx(
            0, 0, priorityPrice.orElse(gasPrice), gasPrice, gas, to, value, input, accessList);
    return new Call(tx, from, Optional.empty());
  }
}
