package dev.klay.consensus.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps measurements in the heap and passes them on to another {@link Metrics}. Any thread may read
 * while others write.
 */
public final class MeterBook implements Metrics {
  private static final int LABELS_MAX = 64;

  private final Metrics next;
  private final Map<Gauge, AtomicLong> gauges = new ConcurrentHashMap<>();
  private final Map<Event, Map<String, LongAdder>> events = new ConcurrentHashMap<>();
  private final Map<Span, Histogram> spans = new ConcurrentHashMap<>();

  /** A book whose entries go on to another. */
  public MeterBook(Metrics next) {
    this.next = next;
  }

  /** A book of its own. */
  public MeterBook() {
    this(Nowhere.INSTANCE);
  }

  private enum Nowhere implements Metrics {
    INSTANCE;

    @Override
    public void set(Gauge gauge, long value) {}

    @Override
    public void count(Event event, String label) {}

    @Override
    public void time(Span span, long nanos) {}
  }

  @Override
  public void set(Gauge gauge, long value) {
    gauges.computeIfAbsent(gauge, g -> new AtomicLong()).set(value);
    next.set(gauge, value);
  }

  @Override
  public void count(Event event, String label) {
    Map<String, LongAdder> labels = events.computeIfAbsent(event, e -> new ConcurrentHashMap<>());
    String known = labels.size() >= LABELS_MAX && !labels.containsKey(label) ? "other" : label;
    labels.computeIfAbsent(known, l -> new LongAdder()).increment();
    next.count(event, label);
  }

  @Override
  public void time(Span span, long nanos) {
    spans.computeIfAbsent(span, s -> new Histogram()).add(nanos);
    next.time(span, nanos);
  }

  /** The value that was set last, 0 if none was. */
  public long gauge(Gauge gauge) {
    AtomicLong value = gauges.get(gauge);
    return value == null ? 0 : value.get();
  }

  /** How often it happened, whatever the label. */
  public long count(Event event) {
    return counts(event).values().stream().mapToLong(Long::longValue).sum();
  }

  /** How often it happened, by label. */
  public Map<String, Long> counts(Event event) {
    Map<String, Long> counts = new TreeMap<>();
    events.getOrDefault(event, Map.of()).forEach((label, n) -> counts.put(label, n.sum()));
    return counts;
  }

  /** How long it took; empty if it never happened. */
  public Histogram span(Span span) {
    return spans.computeIfAbsent(span, s -> new Histogram());
  }

  @Override
  public String toString() {
    return "gauges " + new TreeMap<>(gauges) + ", events " + new TreeMap<>(events);
  }
}
