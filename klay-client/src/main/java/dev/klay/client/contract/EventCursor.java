package dev.klay.client.contract;

import java.util.Comparator;

/**
 * A place in the order of all events of a chain. Keep the cursor of the last event that was dealt
 * with; to go on behind it loses none and doubles none.
 *
 * @param block number
 * @param logIndex among all logs of the block; -1 in front of them
 */
public record EventCursor(long block, int logIndex) implements Comparable<EventCursor> {
  private static final Comparator<EventCursor> ORDER =
      Comparator.comparingLong(EventCursor::block).thenComparingInt(EventCursor::logIndex);

  public EventCursor {
    if (block < 0 || logIndex < -1) {
      throw new IllegalArgumentException("there is no place " + block + "/" + logIndex);
    }
  }

  /** In front of all events of a block. */
  public static EventCursor startOf(long block) {
    return new EventCursor(block, -1);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static EventCursor parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("a cursor is a block and an index such as 12/3: " + text);
    }
    return new EventCursor(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
  }

  @Override
  public int compareTo(EventCursor other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return block + "/" + logIndex;
  }
}
