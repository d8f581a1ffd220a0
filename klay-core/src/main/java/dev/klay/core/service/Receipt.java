package dev.klay.core.service;

import dev.klay.core.block.Log;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction did. Exists for transactions in final blocks only, so it never changes.
 *
 * @param index in the block, from 0
 * @param finality of the block
 */
public record Receipt(
    TxOutcome.Executed executed, long blockNumber, Hash blockHash, int index, Finality finality) {
  /** Where it stands; the cursor of the next page of a history. */
  public TxLocation location() {
    return new TxLocation(blockNumber, index);
  }

  public SignedTx transaction() {
    return executed.transaction();
  }

  public Hash hash() {
    return transaction().hash();
  }

  /** Whether it did what it said. A failed one is paid for all the same. */
  public boolean isSuccess() {
    return executed.receipt().isSuccess();
  }

  /** 1 for success, otherwise Klaytn's number of the reason. */
  public int status() {
    return executed.receipt().status();
  }

  public long gasUsed() {
    return executed.receipt().gasUsed();
  }

  /** Charged for a unit of gas. */
  public Amount gasPrice() {
    return executed.gasPrice();
  }

  /** What sender and fee payer paid together. */
  public Amount fee() {
    return executed.fee();
  }

  public Address from() {
    return transaction().sender();
  }

  public Optional<Address> to() {
    return transaction().tx().to();
  }

  /** The contract that was created. */
  public Optional<Address> contract() {
    return executed.contract();
  }

  public List<Log> logs() {
    return executed.receipt().logs();
  }

  @Override
  public String toString() {
    return (isSuccess() ? "success " : "failure " + status() + " ")
        + hash()
        + " in block "
        + blockNumber
        + ", fee "
        + fee();
  }
}
