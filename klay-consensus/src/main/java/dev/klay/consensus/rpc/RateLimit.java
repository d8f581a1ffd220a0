package dev.klay.consensus.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** So many requests a second for each address, and some more at once. Safe for any thread. */
final class RateLimit {
  /** Addresses that are remembered; a forgotten one starts anew. */
  private static final int ADDRESSES_MAX = 10_000;

  private static final double NANOS = 1e9;

  private final int perSecond;
  private final int burst;
  private final LongSupplier nanoClock;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };

  RateLimit(int perSecond, int burst, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoClock = nanoClock;
  }

  private static final class Bucket {
    double left;
    long sinceNanos;

    Bucket(double left, long sinceNanos) {
      this.left = left;
      this.sinceNanos = sinceNanos;
    }
  }

  /** Whether the address may ask for so much more now. */
  synchronized boolean tryTake(String address, int requests) {
    long now = nanoClock.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(address, a -> new Bucket(burst, now));
    bucket.left = Math.min(burst, bucket.left + (now - bucket.sinceNanos) / NANOS * perSecond);
    bucket.sinceNanos = now;
    if (bucket.left < requests) {
      return false;
    }
    bucket.left -= requests;
    return true;
  }
}
