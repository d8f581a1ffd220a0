package dev.klay.consensus.simulation;

import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.primitive.Address;
import java.util.Map;

/**
 * The parameters of a simulated chain.
 *
 * @param periodMillis between blocks; 0 on demand
 * @param emptyPeriodMillis until an empty block; 0 with a period of 0 means never
 * @param weights of proposers under the policy WEIGHTED
 * @param epochLength in blocks
 * @param keptBlocks of each node at least, two epochs or more; older ones are forgotten
 */
record ChainRules(
    long periodMillis,
    long emptyPeriodMillis,
    long maxDriftMillis,
    long epochLength,
    ProposerPolicy policy,
    Map<Address, Integer> weights,
    int keptBlocks) {
  /** More than any run has. */
  static final int ALL_BLOCKS = Integer.MAX_VALUE / 2;

  /** A chain of which everything is kept. */
  ChainRules(
      long periodMillis,
      long emptyPeriodMillis,
      long maxDriftMillis,
      long epochLength,
      ProposerPolicy policy,
      Map<Address, Integer> weights) {
    this(periodMillis, emptyPeriodMillis, maxDriftMillis, epochLength, policy, weights, ALL_BLOCKS);
  }
}
