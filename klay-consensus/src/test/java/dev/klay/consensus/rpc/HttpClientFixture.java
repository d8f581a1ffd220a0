package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client over real sockets: decent requests by the JDK's client, others byte by byte. */
final class HttpClientFixture {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final InetSocketAddress address;

  HttpClientFixture(InetSocketAddress address) {
    this.address = address;
  }

  URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + address.getPort() + "/");
  }

  /** One call of a method. */
  JsonNode call(String method, String params) {
    return post(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}");
  }

  /** A body as it is; the answer must be JSON. */
  JsonNode post(String body) {
    try {
      return JSON.readTree(send(request(body)).body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  HttpRequest.Builder request(String body) {
    return HttpRequest.newBuilder(uri("http"))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends bytes over a socket of their own; what came back until the server closed it. */
  String exchange(String bytes) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** As {@link #exchange} where it must not fail. */
  String exchanged(String bytes) {
    try {
      return exchange(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
