package dev.klay.core.istanbul;

/** How long a Klaytn node waits in a round ({@code klaytn-consensus.md} section 3). */
public final class RoundTimeout {
  /** Unless {@code istanbul.timeout} says otherwise. */
  public static final long BASE_MILLIS = 10_000;

  private static final int ROUND_MAX = 50; // 35 million years; keeps the result within 63 bits

  private RoundTimeout() {}

  /** The base, and 2^round seconds from round 1 on; Klaytn has no cap. */
  public static long millis(long baseMillis, long round) {
    if (round < 0 || round > ROUND_MAX) {
      throw new IllegalArgumentException("round 0 to " + ROUND_MAX + ", not " + round);
    }
    return round == 0 ? baseMillis : baseMillis + (1000L << round);
  }
}
