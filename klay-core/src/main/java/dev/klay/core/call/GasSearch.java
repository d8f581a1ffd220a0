package dev.klay.core.call;

import java.util.function.LongFunction;

/**
 * Finds the gas limit above which a call succeeds, by running it. The first guess is what the call
 * used at most at one time, which is what it needs unless it makes calls of its own: of those a
 * frame keeps a 64th of its gas back (EIP-150), and a transfer or a write wants a stipend to be
 * left. From there by halves, the low ones first because most limits are near the bottom. Both ends
 * of the answer were run, so it holds whatever the code does with the gas it sees.
 */
final class GasSearch {
  private static final long STIPEND = 2_300;

  private final LongFunction<CallResult> call;

  GasSearch(LongFunction<CallResult> call) {
    this.call = call;
  }

  /**
   * Searches.
   *
   * @param least the smallest limit with which the call can start
   * @param most not less
   */
  GasEstimate between(long least, long most) {
    CallResult best = call.apply(most);
    if (!best.isSuccess()) {
      return new GasEstimate.Failing(most, best);
    }
    long used = best.gasUsed() + best.gasRefunded();
    long[] guesses = {used, used - 1, (used + STIPEND) / 63 * 64 + 64};
    long fails = least - 1;
    long works = most;
    int next = 0;
    while (fails + 1 < works) {
      long limit = next < guesses.length ? guesses[next++] : middle(fails, works);
      if (limit <= fails || limit >= works) {
        continue;
      }
      CallResult result = call.apply(limit);
      if (result.isSuccess()) {
        works = limit;
        best = result;
      } else {
        fails = limit;
      }
    }
    return new GasEstimate.Sufficient(works, best);
  }

  private static long middle(long low, long high) {
    long half = low + (high - low) / 2;
    return low > 0 ? Math.min(half, 2 * low) : half;
  }
}
