package dev.klay.core.execution;

import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.util.Optional;

/** What became of a transaction in a block. */
public sealed interface TxOutcome {
  /**
   * It is in the block and was paid for, whether it succeeded or not.
   *
   * @param contract the address that a creation made, or would have made had it succeeded
   * @param gasPrice charged for a unit of gas
   */
  record Executed(
      SignedTx transaction, ConsensusReceipt receipt, Optional<Address> contract, Amount gasPrice)
      implements TxOutcome {
    /** What sender and fee payer paid together. */
    public Amount fee() {
      return gasPrice.times(receipt.gasUsed());
    }
  }

  /** It cannot be in this block; the state is as it was. */
  record Refused(SignedTx transaction, Rejection rejection) implements TxOutcome {}
}
