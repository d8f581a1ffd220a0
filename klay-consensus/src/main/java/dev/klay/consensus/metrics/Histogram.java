package dev.klay.consensus.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations in buckets whose bounds grow by about a fifth, from 1 us to more than an hour. Any
 * thread may add and read.
 */
public final class Histogram {
  private static final int STEPS_PER_DOUBLING = 4;
  private static final int BUCKETS = 32 * STEPS_PER_DOUBLING;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
  private final LongAccumulator max = new LongAccumulator(Math::max, 0);
  private final LongAdder sum = new LongAdder();

  void add(long nanos) {
    counts.incrementAndGet(bucket(nanos));
    max.accumulate(nanos);
    sum.add(nanos);
  }

  private static int bucket(long nanos) {
    double micros = Math.max(1, nanos / 1000.0);
    int index = (int) Math.ceil(Math.log(micros) / Math.log(2) * STEPS_PER_DOUBLING);
    return Math.min(BUCKETS - 1, index);
  }

  /** How many durations there were. */
  public long count() {
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  /** All of them together, in nanoseconds. */
  public long sumNanos() {
    return sum.sum();
  }

  /** The longest, in nanoseconds; 0 if there was none. */
  public long maxNanos() {
    return max.get();
  }

  /**
   * A duration that so many are not above, in nanoseconds, at most a fifth too high; 0 if there was
   * none.
   *
   * @param share such as 0.99
   */
  public long quantileNanos(double share) {
    long needed = (long) Math.ceil(count() * share);
    long seen = 0;
    for (int i = 0; i < BUCKETS && needed > 0; i++) {
      seen += counts.get(i);
      if (seen >= needed) {
        double micros = Math.pow(2, (double) i / STEPS_PER_DOUBLING);
        return Math.min(maxNanos(), (long) (micros * 1000));
      }
    }
    return maxNanos();
  }
}
