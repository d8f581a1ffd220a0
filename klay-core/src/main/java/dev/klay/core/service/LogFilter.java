package dev.klay.core.service;

import dev.klay.core.block.Block;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.Log;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which logs are wanted: of one block or a range, of these contracts, with these topics. Immutable.
 *
 * <pre>{@code
 * LogFilter transfers = LogFilter.range(BlockRef.number(100), BlockRef.LATEST)
 *     .address(token).topic(0, TRANSFER).topic(2, me);
 * }</pre>
 *
 * @param block the one block; empty for a range
 * @param from the first block of the range
 * @param to the last block of the range, inclusive
 * @param addresses any of these; empty for all
 * @param topics by position: any of these, an empty set for all. At most four positions; logs with
 *     fewer topics than positions do not match
 */
public record LogFilter(
    Optional<Hash> block,
    BlockRef from,
    BlockRef to,
    Set<Address> addresses,
    List<Set<Hash>> topics) {
  /** Blocks that one query may look at. */
  public static final int BLOCKS_MAX = 5_000;

  /** Logs that one query may yield. */
  public static final int RESULTS_MAX = 10_000;

  /** Positions of topics a log can have. */
  public static final int TOPICS_MAX = 4;

  public LogFilter {
    addresses = Set.copyOf(addresses);
    topics = topics.stream().map(Set::copyOf).toList();
    if (topics.size() > TOPICS_MAX) {
      throw new IllegalArgumentException(
          "a log has at most " + TOPICS_MAX + " topics, not " + topics.size());
    }
  }

  /** All logs of the blocks from one to another, inclusive. */
  public static LogFilter range(BlockRef from, BlockRef to) {
    return new LogFilter(Optional.empty(), from, to, Set.of(), List.of());
  }

  /** All logs of one block. */
  public static LogFilter ofBlock(Hash block) {
    return new LogFilter(Optional.of(block), BlockRef.LATEST, BlockRef.LATEST, Set.of(), List.of());
  }

  /** The same for another range. */
  public LogFilter between(BlockRef newFrom, BlockRef newTo) {
    return new LogFilter(Optional.empty(), newFrom, newTo, addresses, topics);
  }

  /** The same where a log of this contract matches, too. */
  public LogFilter address(Address contract) {
    Set<Address> more = new LinkedHashSet<>(addresses);
    more.add(contract);
    return new LogFilter(block, from, to, more, topics);
  }

  /** The same where this topic matches at this position, 0 to 3, too. */
  public LogFilter topic(int position, Hash topic) {
    if (position < 0 || position >= TOPICS_MAX) {
      throw new IllegalArgumentException("a topic's position is 0 to 3, not " + position);
    }
    List<Set<Hash>> more = new ArrayList<>(topics);
    while (more.size() <= position) {
      more.add(Set.of());
    }
    Set<Hash> alternatives = new LinkedHashSet<>(more.get(position));
    alternatives.add(topic);
    more.set(position, alternatives);
    return new LogFilter(block, from, to, addresses, more);
  }

  /** Whether a block can hold such a log, judged by its bloom. */
  public boolean mayMatch(Block candidate) {
    Bloom bloom = candidate.header().bloom();
    boolean address = addresses.isEmpty() || addresses.stream().anyMatch(bloom::mayContain);
    return address
        && topics.stream().allMatch(t -> t.isEmpty() || t.stream().anyMatch(bloom::mayContain));
  }

  /** Whether the log is of such a contract and has such topics. */
  public boolean matches(Log log) {
    if (!addresses.isEmpty() && !addresses.contains(log.address())
        || log.topics().size() < topics.size()) {
      return false;
    }
    for (int i = 0; i < topics.size(); i++) {
      if (!topics.get(i).isEmpty() && !topics.get(i).contains(log.topics().get(i))) {
        return false;
      }
    }
    return true;
  }
}
