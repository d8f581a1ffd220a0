package dev.klay.consensus.node;

/** Timestamps of blocks ({@code consensus.md} section 15). */
final class BlockClock {
  private static final int STEP_MILLIS = 10;

  private BlockClock() {}

  /**
   * The timestamp of the block behind a parent: exactly one period later while the clock is near,
   * so that a chain without faults does not drift; else the clock. A multiple of 10 ms.
   */
  static long next(long parentMillis, long periodMillis, long wallMillis) {
    long due = parentMillis + periodMillis;
    boolean near = periodMillis > 0 && wallMillis < due + periodMillis / 2;
    long time = near ? due : Math.max(wallMillis, due);
    return (time + STEP_MILLIS - 1) / STEP_MILLIS * STEP_MILLIS;
  }
}
