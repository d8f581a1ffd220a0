package dev.klay.core.storage;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Which past states a store keeps besides that of the head. Blocks, receipts and the lookup by
 * hashes are kept for ever. Ages are taken from the blocks' timestamps, not from a clock.
 */
public final class Retention {
  private final long blocks;
  private final long millis;

  private Retention(long blocks, long millis) {
    this.blocks = blocks;
    this.millis = millis;
  }

  /** The states of the last so many blocks, at least one. */
  public static Retention blocks(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one state is kept, not " + count);
    }
    return new Retention(count, -1);
  }

  /** The states of blocks at most so many days older than the head. */
  public static Retention days(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one day is kept, not " + count);
    }
    return new Retention(-1, Duration.ofDays(count).toMillis());
  }

  /** Every state since genesis. */
  public static Retention archive() {
    return new Retention(-1, -1);
  }

  public boolean isArchive() {
    return blocks < 0 && millis < 0;
  }

  /** How many states at least, where that is the rule. */
  public OptionalLong blockCount() {
    return blocks < 0 ? OptionalLong.empty() : OptionalLong.of(blocks);
  }

  /** How old a kept state may be in milliseconds, where that is the rule. */
  public OptionalLong ageMillis() {
    return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
  }

  @Override
  public String toString() {
    if (isArchive()) {
      return "archive";
    }
    return blocks < 0 ? Duration.ofMillis(millis).toDays() + " days" : blocks + " blocks";
  }
}
