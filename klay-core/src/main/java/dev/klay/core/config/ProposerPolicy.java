package dev.klay.core.config;

/** Who proposes next ({@code consensus.md} section 1). */
public enum ProposerPolicy {
  /** The validator behind the last builder, in ascending order of addresses. */
  ROUND_ROBIN,
  /** The last builder again, as long as it makes blocks. */
  STICKY,
  /** By a schedule shuffled from the epoch's block. */
  WEIGHTED
}
