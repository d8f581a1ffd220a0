package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as decent clients speak it, and as others do. */
@Timeout(120)
class RpcServerTest {
  private static final String ECHO =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"test_echo\",\"params\":[\"hi\"]}";
  private static final String BLOCK =
      "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"test_block\",\"params\":[]}";

  private static final String LARGE = "test_large\",\"params\":[\"0x900000\"]";

  private final ServedMethods methods = new ServedMethods();
  private final List<RpcServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    methods.gate.countDown();
    servers.forEach(RpcServer::close);
  }

  private HttpClientFixture serve(RpcEndpoint endpoint, RpcLimits limits) {
    RpcServer server = new RpcServer(new JsonRpc(methods.table(), limits), endpoint, "test", true);
    servers.add(server);
    return new HttpClientFixture(server.address());
  }

  private HttpClientFixture serve() {
    return serve(RpcEndpoint.loopback(0), RpcLimits.DEFAULT);
  }

  @Test
  void answersOnALoopbackPortOfItsChoice() {
    HttpClientFixture client = serve();
    assertThat(servers.get(0).address().getAddress().isLoopbackAddress()).isTrue();
    HttpResponse<byte[]> response = client.send(client.request(ECHO));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(client.call("test_echo", "[\"hi\"]").get("result").asText()).isEqualTo("hi");
  }

  @Test
  void keepsTheConnectionAndAnswersPipelinedRequestsInOrder() throws IOException {
    HttpClientFixture client = serve();
    String first = post(ECHO, "");
    String last = post(ECHO.replace("\"id\":1", "\"id\":2"), "Connection: close\r\n");
    String answers = client.exchange(first + last);
    assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(3);
    assertThat(answers.indexOf("\"id\":1")).isPositive().isLessThan(answers.indexOf("\"id\":2"));
  }

  @Test
  void aBriefMethodIsAnsweredWhereSocketsAreReadAndStillInOrder() throws Exception {
    HttpClientFixture client = serve();
    String brief = BLOCK.replace("test_block", "test_thread");
    assertThat(client.post(brief).get("result").asText()).contains("-http-");
    assertThat(client.post("[" + brief + "]").get(0).get("result").asText()).contains("-http-");
    assertThat(client.post("[" + brief + "," + ECHO + "]").get(0).get("result").asText())
        .contains("-rpc-");

    CompletableFuture<String> answers =
        CompletableFuture.supplyAsync(
            () -> {
              String last = post(brief.replace("9", "10"), "Connection: close\r\n");
              return client.exchanged(post(BLOCK, "") + last);
            });
    methods.entered.await();
    methods.gate.countDown();
    assertThat(answers.join().indexOf("\"id\":9"))
        .isPositive()
        .isLessThan(answers.join().indexOf("\"id\":10"));
  }

  @Test
  void aClientThatPipelinesWithoutEndLosesItsConnection() throws IOException {
    HttpClientFixture client = serve();
    assertThat(client.exchange(post(BLOCK, "") + "GET / HTTP/1.1\r\n\r\n".repeat(90))).isEmpty();
  }

  private static String post(String body, String headers) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n"
        + headers
        + "\r\n"
        + body;
  }

  @Test
  void takesAndGivesGzip() throws IOException {
    HttpClientFixture client = serve();
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(
          ECHO.replace("test_echo\",\"params\":[\"hi\"]", "test_large\",\"params\":[\"0x2000\"]")
              .getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(client.uri("http"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Accept-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray())));
    assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(response.body().length).isLessThan(1000);
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8))
          .contains("x".repeat(0x2000));
    }
  }

  @Test
  void aBombInGzipIsCutOff() throws IOException {
    HttpClientFixture client = serve();
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.uri("http"))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()));
    assertThat(client.send(request).statusCode()).isEqualTo(413);
  }

  @Test
  void refusesWhatIsNoJsonRpcOverHttp() {
    HttpClientFixture client = serve();
    assertThat(status(client, client.request(ECHO).setHeader("Content-Type", "text/plain")))
        .isEqualTo(415);
    assertThat(status(client, client.request(ECHO).method("PUT", body(ECHO)))).isEqualTo(405);
    assertThat(status(client, HttpRequest.newBuilder(client.uri("http")).DELETE())).isEqualTo(405);
    assertThat(status(client, HttpRequest.newBuilder(client.uri("http")).GET())).isEqualTo(200);
    assertThat(status(client, client.request("x".repeat((2 << 20) + 1)))).isEqualTo(413);
    assertThat(status(client, client.request(ECHO).header("Content-Encoding", "gzip")))
        .isEqualTo(400);
    assertThat(status(client, client.request(ECHO).header("Content-Encoding", "br")))
        .isEqualTo(415);
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return HttpRequest.BodyPublishers.ofString(text);
  }

  private static int status(HttpClientFixture client, HttpRequest.Builder request) {
    return client.send(request).statusCode();
  }

  @Test
  void malformedHttpEndsTheConnectionOnly() throws IOException {
    HttpClientFixture client = serve();
    assertThat(client.exchange("\u0001\u0002\u0003 nonsense\r\n\r\n")).contains("400");
    assertThat(client.exchange("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n"))
        .doesNotContain("Exception");
    assertThat(client.call("test_echo", "[\"hi\"]").get("result").asText()).isEqualTo("hi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8551", "127.0.0.1:1", "[::1]:8551", "node.test"})
  void hostsThatAreNamedMayBeAsked(String host) throws IOException {
    HttpClientFixture client =
        serve(RpcEndpoint.loopback(0).withHost("node.test"), RpcLimits.DEFAULT);
    String request =
        post(ECHO, "Connection: close\r\n").replace("Host: localhost", "Host: " + host);
    assertThat(client.exchange(request)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example"})
  void aNameThatSomebodyElseGaveUsIsRefused(String host) throws IOException {
    HttpClientFixture client = serve();
    String request =
        post(ECHO, "Connection: close\r\n").replace("Host: localhost", "Host: " + host);
    assertThat(client.exchange(request)).startsWith("HTTP/1.1 403").contains("invalid host");
  }

  @Test
  void pagesOfOtherOriginsMayNotReadUnlessTheyAreNamed() {
    HttpClientFixture client =
        serve(RpcEndpoint.loopback(0).withOrigin("https://app.test"), RpcLimits.DEFAULT);
    assertThat(origin(client, "https://app.test")).contains("https://app.test");
    assertThat(origin(client, "https://evil.test")).isEmpty();
    HttpResponse<byte[]> preflight =
        client.send(
            HttpRequest.newBuilder(client.uri("http"))
                .header("Origin", "https://app.test")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("access-control-allow-methods")).isPresent();
  }

  private static List<String> origin(HttpClientFixture client, String origin) {
    return client
        .send(client.request(ECHO).header("Origin", origin))
        .headers()
        .allValues("access-control-allow-origin");
  }

  @Test
  void aTokenMustBeBorneWhereOneIsWanted() {
    String secret = "0123456789abcdef0123";
    RpcEndpoint endpoint = RpcEndpoint.loopback(0).withToken(secret);
    assertThat(endpoint.toString()).doesNotContain(secret);
    HttpClientFixture client = serve(endpoint, RpcLimits.DEFAULT);
    assertThat(status(client, client.request(ECHO))).isEqualTo(401);
    assertThat(status(client, client.request(ECHO).header("Authorization", "Bearer no")))
        .isEqualTo(401);
    assertThat(status(client, client.request(ECHO).header("Authorization", "Bearer " + secret)))
        .isEqualTo(200);
    assertThatThrownBy(() -> RpcEndpoint.loopback(0).withToken("short"))
        .hasMessageContaining("at least 16");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test_block", "test_never"})
  void aCallThatTakesTooLongIsAnsweredInTime(String method) {
    RpcLimits limits =
        RpcLimits.DEFAULT.withTimes(
            Duration.ofMillis(200), Duration.ofMinutes(5), Duration.ofSeconds(10));
    HttpClientFixture client = serve(RpcEndpoint.loopback(0), limits);
    JsonNode answer = client.post(BLOCK.replace("test_block", method));
    assertThat(answer.get("error").get("code").asInt()).isEqualTo(RpcError.TIMEOUT);
    assertThat(answer.get("id").asInt()).isEqualTo(9);
    assertThat(client.call("test_echo", "[\"hi\"]").get("result").asText()).isEqualTo("hi");
  }

  @Test
  void whenAllWorkersAreBusyAndSomeWaitTheNextIsRefusedAtOnce() throws Exception {
    RpcLimits limits = RpcLimits.DEFAULT.withCounts(1_000, 1, 200);
    HttpClientFixture client = serve(RpcEndpoint.loopback(0), limits);
    int workers = Math.max(2, Runtime.getRuntime().availableProcessors() - 1);
    List<CompletableFuture<JsonNode>> busy = new ArrayList<>();
    for (int i = 0; i < workers + 20; i++) {
      busy.add(
          CompletableFuture.supplyAsync(
              () -> client.post(BLOCK), task -> new Thread(task).start()));
    }
    methods.entered.await();
    methods.gate.countDown();
    long refused = 0;
    for (CompletableFuture<JsonNode> each : busy) {
      JsonNode answer = each.join();
      if (answer.has("error")) {
        assertThat(answer.get("error").get("code").asInt()).isEqualTo(RpcError.LIMIT);
        assertThat(answer.get("id").asInt()).isEqualTo(9);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aClientThatSendsTooSlowlyLosesItsConnection() throws IOException {
    RpcLimits limits =
        RpcLimits.DEFAULT.withTimes(
            Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMillis(300));
    HttpClientFixture client = serve(RpcEndpoint.loopback(0), limits);
    assertThat(client.exchange("POST / HTTP/1.1\r\nHost: loc")).isEmpty();
    assertThat(client.exchange(post(ECHO, "").substring(0, 120))).isEmpty();
    assertThat(client.exchange("")).isEmpty();
  }

  @Test
  void aClientThatDoesNotTakeItsAnswerLosesItsConnection() throws IOException {
    RpcLimits limits =
        RpcLimits.DEFAULT
            .withTimes(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMillis(100))
            .withCounts(1, 10, 200);
    HttpClientFixture client = serve(RpcEndpoint.loopback(0), limits);
    try (Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4_096);
      deaf.connect(servers.get(0).address());
      String large = ECHO.replace("test_echo\",\"params\":[\"hi\"]", LARGE);
      deaf.getOutputStream().write(post(large, "").getBytes(StandardCharsets.US_ASCII));
      assertThat(deaf.getInputStream().read()).isEqualTo('H'); // and no more
      while (client.exchange(post(ECHO, "Connection: close\r\n")).isEmpty()) {
        Thread.onSpinWait(); // there is one connection only, until the deaf one is gone
      }
    }
  }

  @Test
  void connectionsAreCounted() throws IOException {
    RpcLimits limits = RpcLimits.DEFAULT.withCounts(2, 10, 200);
    HttpClientFixture client = serve(RpcEndpoint.loopback(0), limits);
    int port = servers.get(0).address().getPort();
    try (Socket first = new Socket("127.0.0.1", port);
        Socket second = new Socket("127.0.0.1", port)) {
      second.getOutputStream().write(post(ECHO, "").getBytes(StandardCharsets.US_ASCII));
      assertThat(second.getInputStream().read()).isEqualTo('H');
      assertThat(first.isConnected()).isTrue();
      assertThat(client.exchange("")).isEmpty(); // closed at once, nothing was asked
    }
  }

  @Test
  void aFrameThatIsTooLargeEndsTheWebSocket() {
    HttpClientFixture client = serve();
    try (SocketFixture socket = new SocketFixture(client.uri("ws"))) {
      assertThat(socket.answer(ECHO).get("result").asText()).isEqualTo("hi");
      socket.send("x".repeat((2 << 20) + 1));
      assertThat(socket.closed().handle((status, failure) -> true).join()).isTrue();
    }
    assertThat(client.call("test_echo", "[\"hi\"]").has("result")).isTrue();
  }

  @Test
  void aSocketThatIsDroppedInTheMiddleCostsNobodyElse() throws IOException {
    HttpClientFixture client = serve();
    int port = servers.get(0).address().getPort();
    for (int i = 0; i < 20; i++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write(post(ECHO, "").getBytes(StandardCharsets.US_ASCII), 0, 100);
      }
    }
    assertThat(client.call("test_echo", "[\"hi\"]").has("result")).isTrue();
  }

  @Test
  void pagesOfOtherOriginsMayNotOpenWebSockets() throws IOException {
    HttpClientFixture client = serve();
    String upgrade =
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + "Origin: https://evil.test\r\nConnection: close\r\n\r\n";
    assertThat(client.exchange(upgrade)).startsWith("HTTP/1.1 403");
  }

  @Test
  void speaksTlsWithACertificateOfItsOwn(@TempDir Path directory) throws Exception {
    TestCertificate certificate = TestCertificate.create(directory);
    RpcEndpoint endpoint = RpcEndpoint.loopback(0).withTls(certificate.chain(), certificate.key());
    serve(endpoint, RpcLimits.DEFAULT);
    HttpClient https = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
    URI uri = URI.create("https://localhost:" + servers.get(0).address().getPort() + "/");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(body(ECHO))
            .build();
    assertThat(https.send(request, HttpResponse.BodyHandlers.ofString()).body()).contains("hi");
    assertThatThrownBy(
            () ->
                serve(
                    RpcEndpoint.loopback(0).withTls(directory.resolve("no"), certificate.key()),
                    RpcLimits.DEFAULT))
        .isInstanceOf(RpcUnavailableException.class);
  }

  @Test
  void aPortThatIsTakenIsSaidAndNothingIsLeft() {
    serve();
    int port = servers.get(0).address().getPort();
    assertThatThrownBy(() -> serve(RpcEndpoint.loopback(port), RpcLimits.DEFAULT))
        .isInstanceOf(RpcUnavailableException.class)
        .hasMessageContaining(String.valueOf(port));
  }
}
