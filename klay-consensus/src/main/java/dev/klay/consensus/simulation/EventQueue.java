package dev.klay.consensus.simulation;

import java.util.PriorityQueue;

/** Virtual time: what is to happen, by time and then by the order in which it was asked for. */
final class EventQueue {
  /** One thing to happen. */
  static final class Entry implements Comparable<Entry> {
    private final long nanos;
    private final long sequence;
    private final Runnable action;
    private boolean cancelled;

    private Entry(long nanos, long sequence, Runnable action) {
      this.nanos = nanos;
      this.sequence = sequence;
      this.action = action;
    }

    void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Entry other) {
      return nanos != other.nanos
          ? Long.compare(nanos, other.nanos)
          : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Entry> heap = new PriorityQueue<>();
  private long now;
  private long sequence;
  private long executed;

  long now() {
    return now;
  }

  long executed() {
    return executed;
  }

  Entry at(long nanos, Runnable action) {
    Entry entry = new Entry(Math.max(now, nanos), sequence++, action);
    heap.add(entry);
    return entry;
  }

  Entry after(long nanos, Runnable action) {
    return at(now + nanos, action);
  }

  /** Runs the next event if it is due by then; false if none is, and time is at the end. */
  boolean step(long untilNanos) {
    while (!heap.isEmpty() && heap.peek().cancelled) {
      heap.remove();
    }
    if (heap.isEmpty() || heap.peek().nanos > untilNanos) {
      now = Math.max(now, untilNanos);
      return false;
    }
    Entry next = heap.remove();
    now = next.nanos;
    executed++;
    next.action.run();
    return true;
  }
}
