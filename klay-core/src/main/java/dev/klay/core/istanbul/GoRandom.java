package dev.klay.core.istanbul;

import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of Go's {@code math/rand} for a seed, by which Klaytn shuffles validators ({@code
 * klaytn-consensus.md} section 8): an additive lagged Fibonacci generator, {@code x(n) = x(n-607) +
 * x(n-273)} modulo 2^64. Not for secrets. For one thread.
 */
public final class GoRandom {
  static final int LENGTH = 607;
  static final int FEED = 334;

  private static final int MODULUS = Integer.MAX_VALUE; // 2^31 - 1, a prime
  private static final int MULTIPLIER = 48_271;
  private static final int SEED_OF_ZERO = 89_482_311;
  private static final int WARM_UP = 20;

  private final long[] state = new long[LENGTH];
  private int tap = 0;
  private int feed = FEED;

  public GoRandom(long seed) {
    int x = Math.floorMod(seed, MODULUS);
    x = warmUp(x == 0 ? SEED_OF_ZERO : x);
    long[] start = GoRandomTable.START;
    for (int i = 0; i < LENGTH; i++) {
      long high = x = next(x);
      long middle = x = next(x);
      long low = x = next(x);
      state[i] = high << 40 ^ middle << 20 ^ low ^ start[i];
    }
  }

  /** Lehmer's generator, whose first numbers are left out. */
  static int warmUp(int x) {
    int result = x;
    for (int i = 0; i < WARM_UP; i++) {
      result = next(result);
    }
    return result;
  }

  static int next(int x) {
    return (int) ((long) MULTIPLIER * x % MODULUS);
  }

  private long uint64() {
    tap = tap == 0 ? LENGTH - 1 : tap - 1;
    feed = feed == 0 ? LENGTH - 1 : feed - 1;
    state[feed] += state[tap];
    return state[feed];
  }

  /** The next number, 0 to 2^63 - 1. */
  public long int63() {
    return uint64() & Long.MAX_VALUE;
  }

  private int int31() {
    return (int) (int63() >>> 32);
  }

  /**
   * The next number below a bound, each as likely.
   *
   * @throws IllegalArgumentException unless the bound is positive
   */
  public int intn(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a bound is positive, not " + bound);
    }
    if ((bound & (bound - 1)) == 0) {
      return int31() & (bound - 1);
    }
    int max = (int) ((1L << 31) - 1 - (1L << 31) % bound);
    int value = int31();
    while (value > max) {
      value = int31();
    }
    return value % bound;
  }

  /** The same in Go's later manner: by multiplication, rejecting seldom. */
  private int int31n(int bound) {
    long product = uint32() * bound;
    int low = (int) product;
    if (Integer.compareUnsigned(low, bound) < 0) {
      int threshold = Integer.remainderUnsigned(-bound, bound);
      while (Integer.compareUnsigned(low, threshold) < 0) {
        product = uint32() * bound;
        low = (int) product;
      }
    }
    return (int) (product >>> 32);
  }

  private long uint32() {
    return int63() >>> 31;
  }

  /** The items in the order of Klaytn's first shuffle: each changes places with any of all. */
  public <T> List<T> legacyShuffle(List<T> items) {
    List<T> shuffled = new ArrayList<>(items);
    for (int i = 0; i < shuffled.size(); i++) {
      swap(shuffled, i, intn(shuffled.size()));
    }
    return shuffled;
  }

  /** The items in the order of Go's {@code Shuffle}, after Fisher and Yates. */
  public <T> List<T> shuffle(List<T> items) {
    List<T> shuffled = new ArrayList<>(items);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      swap(shuffled, i, int31n(i + 1));
    }
    return shuffled;
  }

  private static <T> void swap(List<T> items, int one, int other) {
    T kept = items.get(one);
    items.set(one, items.get(other));
    items.set(other, kept);
  }
}
