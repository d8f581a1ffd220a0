package dev.klay.consensus.metrics;

import java.util.Locale;
import java.util.Map;

/**
 * Measurements in the text format of Prometheus, version 0.0.4, under the names that {@code
 * MicrometerMetrics} uses: {@code klay_height}, {@code klay_events_total}, {@code
 * klay_import_seconds}. Times are seconds, quantiles those since the node started.
 */
public final class PrometheusText {
  /** The content type. */
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final double NANOS = 1e9;

  private final StringBuilder text = new StringBuilder();
  private final String node;

  private PrometheusText(String node) {
    this.node = "node=\"" + escaped(node) + "\"";
  }

  /** All that a book holds, labelled with the node's name. */
  public static String write(MeterBook book, String node) {
    PrometheusText written = new PrometheusText(node);
    for (Metrics.Gauge gauge : Metrics.Gauge.values()) {
      written.gauge("klay_" + name(gauge), book.gauge(gauge));
    }
    written.type("klay_events_total", "counter");
    for (Metrics.Event event : Metrics.Event.values()) {
      written.events(name(event), book.counts(event));
    }
    for (Metrics.Span span : Metrics.Span.values()) {
      written.span("klay_" + name(span) + "_seconds", book.span(span));
    }
    return written.text.toString();
  }

  private static String name(Enum<?> meter) {
    return meter.name().toLowerCase(Locale.ROOT);
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private void type(String name, String type) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void gauge(String name, long value) {
    type(name, "gauge");
    line(name, "", Long.toString(value));
  }

  private void events(String event, Map<String, Long> counts) {
    counts.forEach(
        (label, count) ->
            line(
                "klay_events_total",
                ",event=\"" + event + "\",label=\"" + escaped(label) + "\"",
                Long.toString(count)));
  }

  private void span(String name, Histogram histogram) {
    type(name, "summary");
    for (double quantile : QUANTILES) {
      line(name, ",quantile=\"" + quantile + "\"", seconds(histogram.quantileNanos(quantile)));
    }
    line(name + "_sum", "", seconds(histogram.sumNanos()));
    line(name + "_count", "", Long.toString(histogram.count()));
  }

  private static String seconds(long nanos) {
    return Double.toString(nanos / NANOS);
  }

  private void line(String name, String labels, String value) {
    text.append(name).append('{').append(node).append(labels).append("} ");
    text.append(value).append('\n');
  }
}
