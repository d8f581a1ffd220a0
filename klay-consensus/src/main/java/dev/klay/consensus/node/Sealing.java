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

  private volatile boolean automatic = true;
  private volatile Optional<Moment> moment = Optional.empty();
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
    moment = Optional.of(new Moment(height, millis));
  }

  /** No block's time is set. */
  public void clearTime() {
    moment = Optional.empty();
  }

  /** The time set for a height. */
  public Optional<Long> timeOf(long height) {
    return moment.filter(set -> set.height() == height).map(Moment::millis);
  }

  /** Who is paid for blocks, instead of their leaders. */
  public Optional<Address> rewardBase() {
    return rewardBase;
  }

  public void setRewardBase(Optional<Address> account) {
    rewardBase = account;
  }
}
