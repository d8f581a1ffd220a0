package dev.klay.core.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The first block of each fork that a chain will ever have. Immutable. */
public final class ForkSchedule {
  private final Map<Fork, Long> blocks;

  /**
   * Forks with their first blocks; a fork that is missing never comes.
   *
   * @throws InvalidGenesisException if they are out of order, or one that others need is missing
   */
  public ForkSchedule(Map<Fork, Long> blocks) {
    this.blocks = new EnumMap<>(Fork.class);
    this.blocks.putAll(blocks);
    ensureOrdered();
  }

  /** All forks up to this one from the genesis block on, except the optional Randao. */
  public static ForkSchedule allFromGenesis(Fork last) {
    Map<Fork, Long> blocks = new EnumMap<>(Fork.class);
    for (Fork fork : Fork.values()) {
      if (fork.compareTo(last) <= 0 && fork != Fork.RANDAO) {
        blocks.put(fork, 0L);
      }
    }
    return new ForkSchedule(blocks);
  }

  private void ensureOrdered() {
    long previous = 0;
    Fork missing = null;
    for (Fork fork : Fork.values()) {
      Long block = blocks.get(fork);
      if (block == null) {
        missing = missing == null && fork != Fork.RANDAO ? fork : missing;
        continue;
      }
      if (missing != null) {
        throw new InvalidGenesisException(
            fork.configKey() + " is set, but " + missing.configKey() + " before it is not");
      }
      if (block < previous) {
        throw new InvalidGenesisException(
            fork.configKey() + " is " + block + ", before the fork that must precede it");
      }
      previous = block;
    }
  }

  public boolean isActive(Fork fork, long blockNumber) {
    Long first = blocks.get(fork);
    return first != null && blockNumber >= first;
  }

  /** The first block under the fork's rules; empty if it never comes. */
  public OptionalLong firstBlock(Fork fork) {
    Long first = blocks.get(fork);
    return first == null ? OptionalLong.empty() : OptionalLong.of(first);
  }

  /** The forks whose rules hold at a block. */
  public Set<Fork> activeAt(long blockNumber) {
    EnumSet<Fork> active = EnumSet.noneOf(Fork.class);
    Arrays.stream(Fork.values()).filter(f -> isActive(f, blockNumber)).forEach(active::add);
    return Collections.unmodifiableSet(active);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ForkSchedule that && blocks.equals(that.blocks);
  }

  @Override
  public int hashCode() {
    return blocks.hashCode();
  }

  @Override
  public String toString() {
    return blocks.toString();
  }
}
