package dev.klay.consensus.transport.tcp;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** How often each cause occurred. Any thread may count and read. */
public final class DropCounts {
  private final Map<DropCause, LongAdder> counts = new EnumMap<>(DropCause.class);

  private final Consumer<DropCause> listener;

  /** Counts from zero; the listener is told of each. */
  DropCounts(Consumer<DropCause> listener) {
    this.listener = listener;
    for (DropCause cause : DropCause.values()) {
      counts.put(cause, new LongAdder());
    }
  }

  void add(DropCause cause) {
    adder(cause).increment();
    listener.accept(cause);
  }

  /** How often it occurred since the start. */
  public long of(DropCause cause) {
    return adder(cause).sum();
  }

  private LongAdder adder(DropCause cause) {
    LongAdder adder = counts.get(cause);
    if (adder == null) {
      throw new AssertionError("every cause has a counter: " + cause);
    }
    return adder;
  }

  /** The causes that occurred, with how often. */
  public Map<DropCause, Long> all() {
    Map<DropCause, Long> occurred = new EnumMap<>(DropCause.class);
    counts.forEach(
        (cause, count) -> {
          if (count.sum() > 0) {
            occurred.put(cause, count.sum());
          }
        });
    return occurred;
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
