package dev.klay.core.storage;

import dev.klay.core.block.Block;
import dev.klay.core.execution.TxOutcome;
import dev.klay.crypto.primitive.Amount;
import java.util.List;

/**
 * A block on the chain with what its execution gave.
 *
 * @param executed the transactions with their receipts, in the order of the block
 * @param supply after the block
 */
public record StoredBlock(Block block, List<TxOutcome.Executed> executed, Amount supply) {
  public StoredBlock {
    executed = List.copyOf(executed);
  }
}
