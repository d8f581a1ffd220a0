package dev.klay.core.service;

import dev.klay.crypto.primitive.Amount;
import java.util.List;

/**
 * What gas cost in some blocks in a row.
 *
 * @param oldest number of the first block
 * @param baseFees of each block, and of the one behind the last
 * @param gasUsed of each block
 * @param rewards of each block, what was paid for a unit of gas at each percentile asked for, by
 *     gas used; zeros for an empty block; an empty list if no percentiles were asked for
 */
public record FeeHistory(
    long oldest, List<Amount> baseFees, List<Long> gasUsed, List<List<Amount>> rewards) {
  /** Blocks that one query may look at. */
  public static final int BLOCKS_MAX = 1_024;

  /** Percentiles that one query may ask for. */
  public static final int PERCENTILES_MAX = 100;

  public FeeHistory {
    baseFees = List.copyOf(baseFees);
    gasUsed = List.copyOf(gasUsed);
    rewards = rewards.stream().map(List::copyOf).toList();
  }
}
