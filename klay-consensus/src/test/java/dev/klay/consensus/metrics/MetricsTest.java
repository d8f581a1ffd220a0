package dev.klay.consensus.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.metrics.Metrics.Event;
import dev.klay.consensus.metrics.Metrics.Gauge;
import dev.klay.consensus.metrics.Metrics.Span;
import dev.klay.consensus.metrics.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void aBookKeepsWhatItIsToldAndPassesItOn() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    MeterBook book = new MeterBook(new MicrometerMetrics(registry, "Node01"));
    book.set(Gauge.HEIGHT, 7);
    book.count(Event.DROP, "STRANGER");
    book.count(Event.DROP, "STRANGER");
    book.count(Event.DROP, "TLS");
    book.time(Span.LEDGER_SYNC, 2_000_000);

    assertThat(book.gauge(Gauge.HEIGHT)).isEqualTo(7);
    assertThat(book.gauge(Gauge.PEERS)).isZero();
    assertThat(book.counts(Event.DROP)).isEqualTo(Map.of("STRANGER", 2L, "TLS", 1L));
    assertThat(book.count(Event.DROP)).isEqualTo(3);
    assertThat(book.span(Span.LEDGER_SYNC).count()).isEqualTo(1);
    assertThat(registry.get("klay.height").tag("node", "Node01").gauge().value()).isEqualTo(7);
    assertThat(registry.get("klay.events").tag("label", "STRANGER").counter().count()).isEqualTo(2);
    assertThat(registry.get("klay.ledger.sync").timer().max(TimeUnit.MILLISECONDS)).isEqualTo(2);
  }

  @Test
  void labelsCannotGrowWithoutBound() {
    MeterBook book = new MeterBook();
    for (int i = 0; i < 1000; i++) {
      book.count(Event.DROP, "label " + i);
    }
    assertThat(book.counts(Event.DROP)).hasSizeLessThanOrEqualTo(65);
    assertThat(book.count(Event.DROP)).isEqualTo(1000);
  }

  @Test
  void quantilesAreAtMostAFifthTooHigh() {
    Histogram histogram = new Histogram();
    for (int millis = 1; millis <= 1000; millis++) {
      histogram.add(millis * 1_000_000L);
    }
    assertThat(histogram.quantileNanos(0.5)).isBetween(500_000_000L, 600_000_000L);
    assertThat(histogram.quantileNanos(0.99)).isBetween(990_000_000L, 1_000_000_000L);
    assertThat(histogram.maxNanos()).isEqualTo(1_000_000_000L);
    assertThat(new Histogram().quantileNanos(0.99)).isZero();
  }
}
