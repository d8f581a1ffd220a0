package dev.klay.consensus.bft;

import java.util.Comparator;

/**
 * A timer of the machine; setting one again replaces it.
 *
 * @param round 0 where the kind knows no round
 */
public record TimerId(Kind kind, long height, int round) {
  /** By height, kind and round. */
  public static final Comparator<TimerId> ORDER =
      Comparator.comparingLong(TimerId::height)
          .thenComparing(TimerId::kind)
          .thenComparingInt(TimerId::round);

  /** What a timer is for. */
  public enum Kind {
    /** The block period is over. */
    PERIOD,
    /** An empty block is due. */
    EMPTY,
    /** The round took too long. */
    ROUND,
    /** Time to tell peers what is known and what is missing. */
    REPEAT,
    /** A proposal from the future may be lawful now. */
    RETRY
  }
}
