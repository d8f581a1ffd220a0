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
 */
record ChainRules(
    long periodMillis,
    long emptyPeriodMillis,
    long maxDriftMillis,
    long epochLength,
    ProposerPolicy policy,
    Map<Address, Integer> weights) {}
