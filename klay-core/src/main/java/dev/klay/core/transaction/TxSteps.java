package dev.klay.core.transaction;

import dev.klay.core.account.AccountKey;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The questions that the builders of {@link Tx} ask, one after the other. Every step answers one
 * and leads to the next, so that no field can be forgotten, none given twice, and none given to a
 * type that does not have it. Steps are immutable: one may be kept and answered many times.
 */
public final class TxSteps {
  private TxSteps() {}

  /** Which account sends. It need not derive from the keys that will sign. */
  @FunctionalInterface
  public interface From<N> {
    N from(Address sender);
  }

  /** Which account receives. */
  @FunctionalInterface
  public interface To<N> {
    N to(Address recipient);
  }

  /** Which account is called, or that a contract is created. */
  @FunctionalInterface
  public interface Target<N> {
    N target(Optional<Address> recipient);

    default N to(Address recipient) {
      return target(Optional.of(recipient));
    }

    /** The input is the init code of a new contract. */
    default N create() {
      return target(Optional.empty());
    }
  }

  /** How much KLAY is sent along. */
  @FunctionalInterface
  public interface Value<N> {
    N value(Amount value);

    default N noValue() {
      return value(Amount.ZERO);
    }
  }

  /** Calldata or, where a contract is created, its init code with the constructor's arguments. */
  @FunctionalInterface
  public interface Input<N> {
    N input(Bytes input);

    default N noInput() {
      return input(Bytes.EMPTY);
    }
  }

  /** What stands in the memo. */
  @FunctionalInterface
  public interface Memo<N> {
    N memo(Bytes memo);
  }

  /** Which data of another chain is kept. */
  @FunctionalInterface
  public interface Anchor<N> {
    N data(Bytes data);
  }

  /** Which key the account gets. */
  @FunctionalInterface
  public interface Key<N> {
    N key(AccountKey key);
  }

  /** Which permissions are carried out. */
  @FunctionalInterface
  public interface Permissions<N> {
    N authorizations(Authorization first, Authorization... more);
  }

  /** Which addresses and slots are announced. */
  @FunctionalInterface
  public interface Access<N> {
    N accessList(AccessList list);

    default N noAccessList() {
      return accessList(AccessList.EMPTY);
    }
  }

  /** How many transactions the sender has sent before; unsigned. */
  @FunctionalInterface
  public interface Nonce<N> {
    N nonce(long nonce);
  }

  /** What is offered for a unit of gas. */
  @FunctionalInterface
  public interface GasPrice<N> {
    N gasPrice(Amount price);
  }

  /** What is offered for a unit of gas: at most, and of that to the proposer. */
  @FunctionalInterface
  public interface Fees<N> {
    /**
     * Names both.
     *
     * @throws IllegalArgumentException if the first is above the second
     */
    N fees(Amount priority, Amount max);
  }

  /** How much gas may be used. */
  @FunctionalInterface
  public interface Gas<N> {
    /**
     * Limits the gas.
     *
     * @throws IllegalArgumentException if negative
     */
    N gas(long limit);
  }

  /** The three questions that most types end with. */
  static <R> Nonce<GasPrice<Gas<R>>> head(Function<TxHead, R> end) {
    return nonce -> price -> gas -> end.apply(new TxHead(nonce, price, gas));
  }

  /** Nonce, prices and limit of the types with a priority price. */
  record DynamicHead(long nonce, Amount priority, Amount max, long gas) {
    DynamicHead {
      if (max.isLessThan(priority)) {
        throw new IllegalArgumentException(
            "the priority price " + priority + " is above the price " + max);
      }
      if (gas < 0) {
        throw new IllegalArgumentException("gas is negative: " + gas);
      }
    }
  }

  static <R> Nonce<Fees<Gas<R>>> dynamicHead(Function<DynamicHead, R> end) {
    return nonce -> (priority, max) -> gas -> end.apply(new DynamicHead(nonce, priority, max, gas));
  }

  static List<Authorization> list(Authorization first, Authorization... more) {
    List<Authorization> all = new ArrayList<>();
    all.add(first);
    all.addAll(List.of(more));
    return all;
  }
}
