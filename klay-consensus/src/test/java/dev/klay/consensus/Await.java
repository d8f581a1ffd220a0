package dev.klay.consensus;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what has no event of its own, patiently, and fails when it does not come. */
public final class Await {
  private static final long POLL_NANOS = 5_000_000;

  private Await() {}

  /** Waits up to a minute. */
  public static void until(String what, BooleanSupplier holds) {
    until(what, Duration.ofMinutes(1), holds);
  }

  public static void until(String what, Duration patience, BooleanSupplier holds) {
    long end = System.nanoTime() + patience.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + patience + " in vain: " + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
