package dev.klay.consensus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Another clock, so much later. */
final class ShiftedClock implements InstantSource {
  private final InstantSource base;
  private volatile Duration shift = Duration.ZERO;

  ShiftedClock(InstantSource base) {
    this.base = base;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(shift);
  }

  /** How far it is ahead of the other clock. */
  Duration shift() {
    return shift;
  }

  synchronized void advance(Duration by) {
    shift = shift.plus(by);
  }

  /** Shows this from now on, and goes on from there. */
  synchronized void set(Instant now) {
    shift = Duration.between(base.instant(), now);
  }
}
