package dev.klay.consensus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of a development network, which all its nodes read. It never stands behind the last
 * block, and moving it makes one (empty if nothing waits), so that calls see the new time, too.
 *
 * <pre>{@code
 * network.clock().advance(Duration.ofDays(30));
 * }</pre>
 */
public final class DevClock implements InstantSource {
  private final ShiftedClock clock;
  private final Cheats cheats;

  DevClock(ShiftedClock clock, Cheats cheats) {
    this.clock = clock;
    this.cheats = cheats;
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  /**
   * Lets so much time pass.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void advance(Duration by) {
    cheats.increaseTime(by);
    cheats.mine();
  }

  /**
   * Makes it that time.
   *
   * @throws IllegalArgumentException if the last block is later
   */
  public void set(Instant time) {
    cheats.setTime(time);
    cheats.mine();
  }

  @Override
  public String toString() {
    return instant().toString();
  }
}
