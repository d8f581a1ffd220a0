package dev.klay.consensus.transport.tcp;

import java.util.function.LongSupplier;

/**
 * Bytes of transactions that all who are no validators may send together. Each has a little of its
 * own, so that nobody can take it all. Any thread may call.
 */
final class RangerShare {
  /** Some two hundred transfers a second, whatever the others do. */
  static final int OWN_BYTES_PER_SECOND = 32 << 10;

  /** Some ten thousand. */
  static final int COMMON_BYTES_PER_SECOND = 2 << 20;

  private final RateLimit common;
  private final LongSupplier nanos;

  RangerShare(LongSupplier nanos) {
    this.nanos = nanos;
    this.common = new RateLimit(COMMON_BYTES_PER_SECOND, nanos.getAsLong());
  }

  /** Takes them from what is common, or else from the peer's own. */
  boolean take(RateLimit own, int bytes) {
    long now = nanos.getAsLong();
    synchronized (this) {
      if (common.take(bytes, now)) {
        return true;
      }
    }
    return own.take(bytes, now);
  }
}
