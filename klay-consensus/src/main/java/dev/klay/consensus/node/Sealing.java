package dev.klay.consensus.node;

import dev.klay.crypto.primitive.Address;
import java.util.Optional;

/**
 * When and how a development network makes blocks. Its nodes share one and look at it for every
 * block; whoever changes it wakes them. Nobody else's nodes ever change theirs. Safe for any
 * thread.
 */
public final class Sealing {
  private record Moment(long height, long millis) {}

  /** From a block's time on, each further block is so much later. */
  private record Pace(long height, long millis, long apartMillis) {
    Pace from(Moment set) {
      return new Pace(set.height(), set.millis(), apartMillis);
    }
  }

  private volatile boolean automatic = true;
  private volatile Optional<Moment> moment = Optional.empty();
  private volatile Optional<Pace> pace = Optional.empty();
  private volatile Optional<Address> rewardBase = Optional.empty();

  /** Whether transactions that wait are reason enough to make a block. */
  public boolean isAutomatic() {
    return automatic;
  }

  public void setAutomatic(boolean newAutomatic) {
    automatic = newAutomatic;
  }

  /**
   * The block of this height, and no other, has this time.
   *
   * @param millis unix time, a multiple of 10
   */
  public void setTime(long height, long millis) {
    Moment set = new Moment(height, millis);
    moment = Optional.of(set);
    pace = pace.map(going -> going.from(set));
  }

  /** No single block's time is set. */
  public void clearTime() {
    moment = Optional.empty();
  }

  /**
   * Blocks behind this height are so far apart, beginning at its time. A {@link #setTime time} that
   * is set goes before, and is where the pace goes on from.
   *
   * @param apartMillis a multiple of 10
   */
  public void setPace(long height, long millis, long apartMillis) {
    pace = Optional.of(new Pace(height, millis, apartMillis));
  }

  /** The pace goes on from another block, if there is one. */
  public void movePace(long height, long millis) {
    pace = pace.map(going -> going.from(new Moment(height, millis)));
  }

  /** Ends the pace; whether there was one. */
  public boolean clearPace() {
    boolean was = pace.isPresent();
    pace = Optional.empty();
    return was;
  }

  /** The time set for a height. */
  public Optional<Long> timeOf(long height) {
    return moment
        .filter(set -> set.height() == height)
        .map(Moment::millis)
        .or(
            () ->
                pace.filter(going -> height > going.height())
                    .map(
                        going -> going.millis() + (height - going.height()) * going.apartMillis()));
  }

  /** Who is paid for blocks, instead of their leaders. */
  public Optional<Address> rewardBase() {
    return rewardBase;
  }

  public void setRewardBase(Optional<Address> account) {
    rewardBase = account;
  }
}
