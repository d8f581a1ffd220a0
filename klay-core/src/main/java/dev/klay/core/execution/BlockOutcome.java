package dev.klay.core.execution;

import dev.klay.core.block.Bloom;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;

/**
 * A block's transactions and their effect.
 *
 * @param state after the last transaction and the reward
 * @param executed in the order of the block
 * @param minted new KLAY
 * @param burnt fees that nobody got, and what contracts destroyed with themselves
 */
public record BlockOutcome(
    WorldState state, List<TxOutcome.Executed> executed, Amount minted, Amount burnt) {
  public BlockOutcome {
    executed = List.copyOf(executed);
  }

  public long gasUsed() {
    return executed.stream().mapToLong(e -> e.receipt().gasUsed()).sum();
  }

  public Bloom bloom() {
    Bloom bloom = Bloom.EMPTY;
    for (TxOutcome.Executed each : executed) {
      bloom = bloom.or(each.receipt().bloom());
    }
    return bloom;
  }

  /** The items of the receipts root. */
  public List<Bytes> encodedReceipts() {
    return executed.stream()
        .map(TxOutcome.Executed::receipt)
        .map(ConsensusReceipt::encode)
        .toList();
  }
}
