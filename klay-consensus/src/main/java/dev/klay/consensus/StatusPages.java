package dev.klay.consensus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.consensus.metrics.MeterBook;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.metrics.PrometheusText;
import dev.klay.consensus.rpc.HttpPages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a node does, for load balancers and monitors: {@code /health} (200 while it is ready, else
 * 503), {@code /health/live} (503 when only an operator helps), {@code /metrics}.
 *
 * <p>A node is ready if it has not stopped, no height stays open, and its head is not old where
 * blocks come by a period. It is live unless it stopped: a network without a quorum is not mended
 * by starting its nodes again.
 */
final class StatusPages implements HttpPages {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final Duration OLD_MIN = Duration.ofSeconds(30);
  private static final int OLD_PERIODS = 10;

  private final Supplier<NodeStatus> status;
  private final Supplier<Instant> headTime;
  private final InstantSource clock;
  private final Duration period;
  private final MeterBook metrics;

  /**
   * Pages of a node.
   *
   * @param headTime time of its last final block
   * @param period of blocks; zero where they are made on demand, and a head may be of any age
   */
  StatusPages(
      Supplier<NodeStatus> status,
      Supplier<Instant> headTime,
      InstantSource clock,
      Duration period,
      MeterBook metrics) {
    this.status = status;
    this.headTime = headTime;
    this.clock = clock;
    this.period = period;
    this.metrics = metrics;
  }

  @Override
  public Optional<Page> page(String path) {
    return switch (path) {
      case "/health" -> Optional.of(health(false));
      case "/health/live" -> Optional.of(health(true));
      case "/metrics" ->
          Optional.of(
              new Page(
                  OK, PrometheusText.TYPE, PrometheusText.write(metrics, status.get().name())));
      default -> Optional.empty();
    };
  }

  private Page health(boolean liveIsEnough) {
    NodeStatus now = status.get();
    Duration age = Duration.between(headTime.get(), clock.instant());
    boolean live = now.isHealthy();
    boolean ready = live && !now.isStalled() && !isOld(age);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("live", live);
    json.put("ready", ready);
    json.put("node", now.name());
    json.put("role", now.role().name());
    json.put("height", now.height());
    json.put("headAgeSeconds", Math.max(0, age.toSeconds()));
    json.put("round", now.round());
    json.put("peers", now.peers());
    json.put("voting", now.voting().name());
    json.put("waiting", now.ready() + now.queued());
    json.set("stopped", labels(Metrics.Event.STOP));
    now.stall().ifPresent(stall -> json.put("openSeconds", stall.open().toSeconds()));
    json.set("alarms", labels(Metrics.Event.ALARM));
    return new Page(
        (liveIsEnough ? live : ready) ? OK : UNAVAILABLE, "application/json", json.toString());
  }

  /** How often each kind of an event happened: words of ours, no text of a failure. */
  private ObjectNode labels(Metrics.Event event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    metrics.counts(event).forEach(json::put);
    return json;
  }

  private boolean isOld(Duration age) {
    Duration limit = period.multipliedBy(OLD_PERIODS);
    return !period.isZero() && age.compareTo(limit.compareTo(OLD_MIN) > 0 ? limit : OLD_MIN) > 0;
  }
}
