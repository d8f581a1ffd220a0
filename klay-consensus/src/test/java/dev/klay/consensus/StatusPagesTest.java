package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.consensus.metrics.MeterBook;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.rpc.HttpPages;
import dev.klay.consensus.rpc.RpcEndpoint;
import dev.klay.core.config.ChainSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What load balancers and monitors are told of a node. */
@Timeout(60)
class StatusPagesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant HEAD = Instant.parse("2030-01-01T00:00:00Z");

  private final MeterBook metrics = new MeterBook();

  private static NodeStatus status(Voting voting, Optional<Stall> stall) {
    Optional<String> trouble =
        voting == Voting.STOPPED ? Optional.of("/var/secret is full") : Optional.empty();
    return new NodeStatus(
        "Node\"01", NodeRole.CONSENSUS, 12, 0, 3, 4, 1, 0, voting, trouble, stall);
  }

  private HttpPages pages(NodeStatus status, Duration age, Duration period) {
    return new StatusPages(() -> status, () -> HEAD, () -> HEAD.plus(age), period, metrics);
  }

  private static void assertAnswers(HttpPages pages, String path, int status, boolean ready)
      throws JsonProcessingException {
    HttpPages.Page page = pages.page(path).orElseThrow();
    assertThat(page.status()).as(page.text()).isEqualTo(status);
    assertThat(JSON.readTree(page.text()).get("ready").asBoolean()).isEqualTo(ready);
  }

  @Test
  void aNodeThatKeepsUpIsReady() throws JsonProcessingException {
    NodeStatus good = status(Voting.VOTES, Optional.empty());
    Duration second = Duration.ofSeconds(1);
    assertAnswers(pages(good, second, second), "/health", 200, true);
    assertAnswers(pages(good, Duration.ofDays(9), Duration.ZERO), "/health", 200, true);
    assertAnswers(pages(good, Duration.ofSeconds(31), second), "/health", 503, false);
    assertAnswers(pages(good, Duration.ofSeconds(31), second), "/health/live", 200, false);
    assertThat(pages(good, second, second).page("/other")).isEmpty();
  }

  @Test
  void aNetworkWithoutAQuorumIsNoReasonToStartANodeAgain() throws JsonProcessingException {
    Stall stall = new Stall(13, 9, Duration.ofSeconds(40), List.of());
    NodeStatus open = status(Voting.VOTES, Optional.of(stall));
    assertAnswers(pages(open, Duration.ZERO, Duration.ZERO), "/health", 503, false);
    assertAnswers(pages(open, Duration.ZERO, Duration.ZERO), "/health/live", 200, false);
  }

  @Test
  void aNodeThatStoppedSaysWhyInWordsOfOurs() throws JsonProcessingException {
    metrics.count(Metrics.Event.STOP, "STORAGE_FAULT");
    HttpPages pages = pages(status(Voting.STOPPED, Optional.empty()), Duration.ZERO, Duration.ZERO);
    assertAnswers(pages, "/health", 503, false);
    assertAnswers(pages, "/health/live", 503, false);
    String text = pages.page("/health").orElseThrow().text();
    assertThat(text).contains("STORAGE_FAULT").doesNotContain("secret");
  }

  @Test
  void metricsAreThoseOfTheBook() {
    metrics.set(Metrics.Gauge.HEIGHT, 12);
    metrics.count(Metrics.Event.DROP, "RATE");
    metrics.time(Metrics.Span.IMPORT, 2_000_000);
    HttpPages.Page page =
        pages(status(Voting.VOTES, Optional.empty()), Duration.ZERO, Duration.ZERO)
            .page("/metrics")
            .orElseThrow();
    assertThat(page.type()).startsWith("text/plain; version=0.0.4");
    assertThat(page.text())
        .contains("# TYPE klay_height gauge\nklay_height{node=\"Node\\\"01\"} 12\n")
        .contains("klay_events_total{node=\"Node\\\"01\",event=\"drop\",label=\"RATE\"} 1\n")
        .contains("klay_import_seconds{node=\"Node\\\"01\",quantile=\"0.5\"} 0.00")
        .contains("klay_import_seconds_sum{node=\"Node\\\"01\"} 0.002\n")
        .contains("klay_import_seconds_count{node=\"Node\\\"01\"} 1\n");
    for (String line : page.text().split("\n")) {
      assertThat(line).matches("# TYPE [a-z_]+ [a-z]+|[a-z_]+\\{.+\\} [0-9.E-]+");
    }
  }

  @Test
  void aServerTellsWhoMayAsk() throws IOException, InterruptedException {
    String token = "a token of length";
    try (KlayNode node =
        KlayNode.of(ChainSpec.development())
            .rpc(RpcEndpoint.loopback(0))
            .rpc(RpcEndpoint.loopback(0).withToken(token))
            .start()) {
      HttpResponse<String> open = get(node, 0, "/health?verbose", "");
      assertThat(open.statusCode()).isEqualTo(200);
      JsonNode json = JSON.readTree(open.body());
      assertThat(json.get("voting").asText()).isEqualTo("VOTES");
      assertThat(json.get("height").asLong()).isZero();
      assertThat(get(node, 0, "/metrics", "").body()).contains("klay_height{node=\"Node01\"} 0");
      assertThat(get(node, 1, "/health", "").statusCode()).isEqualTo(401);
      assertThat(get(node, 1, "/health", "Bearer " + token).statusCode()).isEqualTo(200);
      assertThat(get(node, 0, "/", "").body()).isEmpty();
    }
  }

  private static HttpResponse<String> get(KlayNode node, int server, String path, String token)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + node.rpcAddresses().get(server).getPort() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
