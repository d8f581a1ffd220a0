package dev.klay.consensus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Another clock, so much later. */
final class ShiftedClock implements InstantSource {
  private final InstantSource base;
  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

  ShiftedClock(InstantSource base) {
    this.base = base;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(shift.get());
  }

  /** How far it is ahead of the other clock. */
  Duration shift() {
    return shift.get();
  }

  void advance(Duration by) {
    shift.updateAndGet(before -> before.plus(by));
  }

  /** Shows this from now on, and goes on from there. */
  void set(Instant now) {
    shift.set(Duration.between(base.instant(), now));
  }
}
