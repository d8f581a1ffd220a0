package dev.klay.consensus.transport.tcp;

/** So many a second, and four seconds' worth at once. Of one thread. */
final class RateLimit {
  private static final int BURST = 4;

  private final double perSecond;
  private double tokens;
  private long atNanos;

  /** How much was refused since the last time that all was allowed again. */
  private double refused;

  RateLimit(double perSecond, long nowNanos) {
    this.perSecond = perSecond;
    this.tokens = BURST * perSecond;
    this.atNanos = nowNanos;
  }

  /** Takes some, or refuses all of them. */
  boolean take(double count, long nowNanos) {
    double most = BURST * perSecond;
    tokens = Math.min(most, tokens + (nowNanos - atNanos) * 1e-9 * perSecond);
    atNanos = nowNanos;
    if (tokens >= most) {
      refused = 0;
    }
    if (tokens < count) {
      refused += count;
      return false;
    }
    tokens -= count;
    return true;
  }

  /** Whether the other side went on and on although it was refused. */
  boolean isFlooded() {
    return refused > BURST * perSecond;
  }
}
