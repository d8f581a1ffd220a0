package dev.klay.core.istanbul;

import java.util.Arrays;

/**
 * The state that every seed of {@link GoRandom} is mixed into: the generator's own after 7.8
 * million million steps from seed 1. Computed, not copied: n steps of a linear recurrence are the
 * power x^n modulo its polynomial, x^607 - x^334 - 1, with coefficients modulo 2^64.
 */
final class GoRandomTable {
  private static final long STEPS = 7_800_000_000_000L;

  /** In the order of {@link GoRandom}'s state. */
  static final long[] START = compute();

  private GoRandomTable() {}

  private static long[] compute() {
    long[] sequence = sequence();
    long[] power = power(STEPS);
    long[] table = new long[GoRandom.LENGTH];
    for (int t = 0; t < GoRandom.LENGTH; t++) {
      long sum = 0;
      for (int j = 0; j < GoRandom.LENGTH; j++) {
        sum += power[j] * sequence[j + t];
      }
      long step = STEPS - (GoRandom.LENGTH - 1) + t;
      table[position(step)] = sum;
    }
    return table;
  }

  /** Where the number of a step stands in the state. */
  private static int position(long step) {
    return (int) Math.floorMod(GoRandom.FEED - step, (long) GoRandom.LENGTH);
  }

  /** The numbers before the first step in their order, and as many behind them. */
  private static long[] sequence() {
    long[] state = seededByOne();
    long[] sequence = new long[2 * GoRandom.LENGTH];
    for (int i = 0; i < GoRandom.LENGTH; i++) {
      sequence[i] = state[position(i + 1)];
    }
    for (int i = GoRandom.LENGTH; i < sequence.length; i++) {
      sequence[i] = sequence[i - GoRandom.LENGTH] + sequence[i - (GoRandom.LENGTH - GoRandom.FEED)];
    }
    return sequence;
  }

  private static long[] seededByOne() {
    long[] state = new long[GoRandom.LENGTH];
    int x = GoRandom.warmUp(1);
    for (int i = 0; i < GoRandom.LENGTH; i++) {
      long high = x = GoRandom.next(x);
      long middle = x = GoRandom.next(x);
      long low = x = GoRandom.next(x);
      state[i] = high << 20 ^ middle << 10 ^ low;
    }
    return state;
  }

  /** x^exponent modulo the polynomial, lowest coefficient first. */
  private static long[] power(long exponent) {
    long[] result = new long[GoRandom.LENGTH];
    result[0] = 1;
    for (int bit = 63 - Long.numberOfLeadingZeros(exponent); bit >= 0; bit--) {
      result = square(result);
      if ((exponent >>> bit & 1) == 1) {
        result = timesX(result);
      }
    }
    return result;
  }

  private static long[] square(long[] a) {
    long[] product = new long[2 * GoRandom.LENGTH - 1];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        product[i + j] += a[i] * a[j];
      }
    }
    for (int i = product.length - 1; i >= GoRandom.LENGTH; i--) {
      product[i - GoRandom.LENGTH] += product[i];
      product[i - GoRandom.LENGTH + GoRandom.FEED] += product[i];
    }
    return Arrays.copyOf(product, GoRandom.LENGTH);
  }

  private static long[] timesX(long[] a) {
    long[] shifted = new long[GoRandom.LENGTH];
    System.arraycopy(a, 0, shifted, 1, GoRandom.LENGTH - 1);
    long top = a[GoRandom.LENGTH - 1];
    shifted[0] += top;
    shifted[GoRandom.FEED] += top;
    return shifted;
  }
}
