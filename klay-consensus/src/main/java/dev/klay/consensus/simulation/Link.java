package dev.klay.consensus.simulation;

import java.util.SplittableRandom;

/** One direction between two nodes, as it is at the moment. */
final class Link {
  private static final long MILLIS = 1_000_000;
  private static final double MICROS = 1e3;

  /** Of a fast local network, in milliseconds. */
  private static final double GOOD_LATENCY = 1;

  double latencyMillis = GOOD_LATENCY;
  double jitter = 0.1;
  double loss;
  double duplicates;
  double spikes;
  long bytesPerSecond = Long.MAX_VALUE;
  private int cuts;
  private long busyUntil;

  /** Cuts nest: the link works again when all of them ended. */
  void cut() {
    cuts++;
  }

  void mend() {
    cuts = Math.max(0, cuts - 1);
  }

  boolean isCut() {
    return cuts > 0;
  }

  void heal() {
    latencyMillis = GOOD_LATENCY;
    jitter = 0.1;
    loss = 0;
    duplicates = 0;
    spikes = 0;
    bytesPerSecond = Long.MAX_VALUE;
    cuts = 0;
    busyUntil = 0;
  }

  boolean loses(SplittableRandom random) {
    return cuts > 0 || loss > 0 && random.nextDouble() < loss;
  }

  boolean repeats(SplittableRandom random) {
    return duplicates > 0 && random.nextDouble() < duplicates;
  }

  /** How long a frame takes, or a negative number if the queue is full. */
  long delayNanos(long now, int sizeBytes, SplittableRandom random) {
    double delay = latencyMillis * Math.exp(jitter * random.nextDouble(-1, 1) * 2);
    if (spikes > 0 && random.nextDouble() < spikes) {
      delay += random.nextDouble() * 5000;
    }
    long queued = 0;
    if (bytesPerSecond != Long.MAX_VALUE) {
      long start = Math.max(now, busyUntil);
      if (start - now > 5_000 * MILLIS) {
        return -1; // the tail is dropped
      }
      busyUntil = start + (long) (sizeBytes * 1e9 / bytesPerSecond);
      queued = busyUntil - now;
    }
    return queued + (long) (delay * MICROS * 1e3) + 1;
  }
}
