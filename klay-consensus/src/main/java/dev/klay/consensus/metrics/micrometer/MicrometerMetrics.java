package dev.klay.consensus.metrics.micrometer;

import dev.klay.consensus.metrics.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Meters named {@code klay.height}, {@code klay.round}, ..., {@code klay.events} tagged by event
 * and label, and timers such as {@code klay.ledger.sync} with histograms; all tagged by node.
 *
 * <pre>{@code
 * KlayNode.of(spec).metrics(new MicrometerMetrics(registry, "Node01"))
 * }</pre>
 */
public final class MicrometerMetrics implements Metrics {
  private static final String PREFIX = "klay.";

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<Gauge, AtomicLong> gauges = new EnumMap<>(Gauge.class);
  private final Map<Span, Timer> timers = new EnumMap<>(Span.class);

  /** Registers the meters of one node. */
  public MicrometerMetrics(MeterRegistry registry, String node) {
    this.registry = registry;
    this.tags = Tags.of("node", node);
    for (Gauge gauge : Gauge.values()) {
      gauges.put(gauge, registry.gauge(PREFIX + name(gauge), tags, new AtomicLong()));
    }
    for (Span span : Span.values()) {
      timers.put(
          span,
          Timer.builder(PREFIX + name(span))
              .tags(tags)
              .publishPercentileHistogram()
              .register(registry));
    }
  }

  private static String name(Enum<?> meter) {
    return meter.name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  @Override
  public void set(Gauge gauge, long value) {
    AtomicLong known = gauges.get(gauge);
    if (known != null) {
      known.set(value);
    }
  }

  @Override
  public void count(Event event, String label) {
    registry
        .counter(PREFIX + "events", tags.and(Tag.of("event", name(event)), Tag.of("label", label)))
        .increment();
  }

  @Override
  public void time(Span span, long nanos) {
    Timer timer = timers.get(span);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
