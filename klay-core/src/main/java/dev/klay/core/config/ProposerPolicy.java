package dev.klay.core.config;

import dev.klay.crypto.primitive.Address;

/** Who proposes next ({@code consensus.md} section 1). */
public enum ProposerPolicy {
  /** The validator behind the last builder, in ascending order of addresses. */
  ROUND_ROBIN,
  /** The last builder again, as long as it makes blocks. */
  STICKY,
  /** By a schedule shuffled from the epoch's block. */
  WEIGHTED;

  /** Of one validator, so that a schedule stays small. */
  public static final int WEIGHT_MAX = 100;

  static void ensureWeight(Address validator, int weight) {
    if (weight < 1 || weight > WEIGHT_MAX) {
      throw new IllegalArgumentException(
          "the weight of " + validator + " is 1 to " + WEIGHT_MAX + ", not " + weight);
    }
  }
}
