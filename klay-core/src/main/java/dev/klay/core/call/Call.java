package dev.klay.core.call;

import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccessListTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.EthereumTypedTx;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SetCodeTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.util.Optional;

/**
 * What to simulate: a transaction that nobody has signed. Its nonce and chain id do not matter.
 *
 * <pre>{@code
 * Call balanceOf = Call.to(token).input(calldata).build();
 * Call transfer = Call.of(new ValueTransferTx(head, FeeDelegation.NONE, me, friend, Amount.klay(1)));
 * }</pre>
 *
 * @param transaction of any kind. Gas 0 means as much as allowed. Gas price 0 means that nobody
 *     pays, and then code sees the block's base fee as the price
 * @param from the sender
 * @param feePayer who pays where the transaction is fee-delegated; empty for the sender, whom these
 *     types may leave open, too
 */
public record Call(Tx transaction, Address from, Optional<Address> feePayer) {
  public Call {
    if (transaction instanceof KlaytnTx klaytn && !klaytn.from().equals(from)) {
      throw new IllegalArgumentException(
          "the transaction is of " + klaytn.from() + ", not of " + from);
    }
    if (feePayer.isPresent() && !transaction.type().isFeeDelegated()) {
      throw new IllegalArgumentException(transaction.type().label() + " has no fee payer");
    }
  }

  /** A transaction of Klaytn's, which names its sender. */
  public static Call of(KlaytnTx transaction) {
    return new Call(transaction, transaction.from(), Optional.empty());
  }

  /** A transaction of any kind from this sender. */
  public static Call of(Tx transaction, Address from) {
    return new Call(transaction, from, Optional.empty());
  }

  /** Starts a call of a contract. */
  public static CallBuilder to(Address contract) {
    return new CallBuilder(Optional.of(contract));
  }

  /** Starts the creation of a contract; the input is its init code. */
  public static CallBuilder creation() {
    return new CallBuilder(Optional.empty());
  }

  /** Who would pay the fee, whole or in part. */
  public Address payer() {
    return feePayer.orElse(from);
  }

  /** The accounts and slots that are announced; empty for types without such a list. */
  AccessList accessList() {
    return transaction instanceof EthereumTypedTx typed ? typed.accessList() : AccessList.EMPTY;
  }

  boolean isFree() {
    return transaction.gasPrice().isZero();
  }

  /**
   * The same with another access list.
   *
   * @throws IllegalArgumentException if the type has none
   */
  Call withAccessList(AccessList list) {
    return new Call(withAccessList(transaction, list), from, feePayer);
  }

  private static Tx withAccessList(Tx tx, AccessList list) {
    if (tx instanceof DynamicFeeTx fee) {
      return new DynamicFeeTx(
          fee.chainId(),
          fee.nonce(),
          fee.priorityPrice(),
          fee.gasPrice(),
          fee.gas(),
          fee.to(),
          fee.value(),
          fee.input(),
          list);
    }
    if (tx instanceof SetCodeTx set) {
      return new SetCodeTx(
          set.chainId(),
          set.nonce(),
          set.priorityPrice(),
          set.gasPrice(),
          set.gas(),
          set.recipient(),
          set.value(),
          set.input(),
          list,
          set.authorizations());
    }
    if (tx instanceof LegacyTx || tx instanceof AccessListTx) {
      Amount price = tx.gasPrice();
      TxHead head = new TxHead(tx.nonce(), price, tx.gas());
      return new AccessListTx(0, head, tx.to(), tx.value(), tx.input(), list);
    }
    throw new IllegalArgumentException(tx.type().label() + " has no access list");
  }
}
