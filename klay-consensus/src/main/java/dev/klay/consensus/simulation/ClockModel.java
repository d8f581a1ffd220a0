package dev.klay.consensus.simulation;

/** The clocks of one machine: the wall clock is off, drifts and jumps; timers drift only. */
final class ClockModel {
  private static final double PPM = 1e-6;

  /** Virtual time begins at a wall clock of this, well behind the genesis block, which is of 0. */
  static final long START_MILLIS = 1_700_000_000_000L;

  private long offsetMillis;
  private double rate = 1;
  private long frozenAtMillis = -1;

  void set(long newOffsetMillis, double driftPpm) {
    offsetMillis = newOffsetMillis;
    rate = 1 + driftPpm * PPM;
  }

  void jump(long millis) {
    offsetMillis += millis;
  }

  void freeze(long nowNanos) {
    frozenAtMillis = wallMillis(nowNanos);
  }

  void heal() {
    offsetMillis = 0;
    rate = 1;
    frozenAtMillis = -1;
  }

  long wallMillis(long nowNanos) {
    return frozenAtMillis >= 0
        ? frozenAtMillis
        : START_MILLIS + offsetMillis + (long) (nowNanos * rate / 1e6);
  }

  long offsetMillis() {
    return offsetMillis;
  }

  /** How long a timer takes in true time. */
  long delayNanos(long delayMillis) {
    return (long) (delayMillis * 1e6 / rate);
  }
}
