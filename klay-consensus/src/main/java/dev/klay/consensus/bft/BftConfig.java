package dev.klay.consensus.bft;

import dev.klay.consensus.validator.ProposerSelection;
import dev.klay.crypto.primitive.Hash;

/**
 * What a machine needs to know before it starts.
 *
 * @param periodMillis between blocks; 0 seals on demand
 * @param emptyPeriodMillis after which an empty block is made; with a period of 0, 0 means never
 * @param maxDriftMillis how far a proposal's time may be ahead of the clock here
 * @param roundTimeoutMillis of round 0, T0
 * @param absentLeaderTimeoutMillis of round 0 if its leader has not been there for long, Tskip
 * @param repeatMillis between two tellings of what is known while nothing moves
 */
public record BftConfig(
    Hash genesisHash,
    ProposerSelection proposers,
    long periodMillis,
    long emptyPeriodMillis,
    long maxDriftMillis,
    long roundTimeoutMillis,
    long absentLeaderTimeoutMillis,
    long repeatMillis) {
  /** Rounds whose timeout doubles, from 0 on: 4 * T0 at most, then growing by T0 a round. */
  private static final int CAPPED_ROUND = 2;

  /** The defaults of {@code consensus.md} section 16 for a chain. */
  public static BftConfig of(
      Hash genesisHash,
      ProposerSelection proposers,
      long periodMillis,
      long emptyPeriodMillis,
      long maxDriftMillis) {
    return new BftConfig(
        genesisHash,
        proposers,
        periodMillis,
        emptyPeriodMillis,
        maxDriftMillis,
        Math.max(periodMillis, 1000),
        250,
        500);
  }

  /** The same with another T0; short ones suit networks that are fast for certain. */
  public BftConfig withRoundTimeout(long millis) {
    if (millis < 10 || millis > 60_000) {
      throw new IllegalArgumentException("a round takes 10 ms to a minute, not " + millis + " ms");
    }
    return new BftConfig(
        genesisHash,
        proposers,
        periodMillis,
        emptyPeriodMillis,
        maxDriftMillis,
        millis,
        Math.min(absentLeaderTimeoutMillis, millis),
        repeatMillis);
  }

  /**
   * T(r) of {@code consensus.md} section 10.2: doubling to the cap, then linear, never shrinking.
   */
  long timeoutMillis(int round) {
    long doubled = roundTimeoutMillis << Math.min(round, CAPPED_ROUND);
    return doubled + Math.max(0, round - CAPPED_ROUND) * roundTimeoutMillis;
  }

  boolean makesEmptyBlocksAtOnce() {
    return periodMillis > 0 && emptyPeriodMillis <= periodMillis;
  }
}
