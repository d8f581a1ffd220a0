package dev.klay.crypto.proof;

/**
 * Quorum arithmetic for n validators: any two quorums share an honest one and the honest ones alone
 * make a quorum, for every n ({@code consensus.md} section 0).
 */
public final class Quorum {
  private Quorum() {}

  /** ceil(2n/3): so many distinct validators prepare, commit or change a round. */
  public static int size(int validators) {
    requirePositive(validators);
    return (2 * validators + 2) / 3;
  }

  /** floor((n-1)/3): so many may be faulty. */
  public static int faultyMax(int validators) {
    requirePositive(validators);
    return (validators - 1) / 3;
  }

  private static void requirePositive(int validators) {
    if (validators < 1) {
      throw new IllegalArgumentException("at least one validator is needed, not " + validators);
    }
  }
}
