package dev.klay.examples.benchmarks.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A node behind a URL, asked over one connection. For one thread. */
final class HttpNode implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final InetSocketAddress address;
  private final HttpConnection connection;

  /**
   * Connects.
   *
   * @throws IOException if nobody listens there
   */
  HttpNode(URI url) throws IOException {
    this.address = new InetSocketAddress(url.getHost(), url.getPort());
    this.connection = new HttpConnection(address);
  }

  InetSocketAddress address() {
    return address;
  }

  /** The HTTP request of one call. */
  ByteBuffer request(String method, String params) {
    return post(json(1, method, params));
  }

  /** The HTTP request of a batch of calls of one method. */
  ByteBuffer batch(String method, List<String> params) {
    return post(
        IntStream.range(0, params.size())
            .mapToObj(i -> json(i, method, params.get(i)))
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static String json(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
        .formatted(id, method, params);
  }

  private ByteBuffer post(String body) {
    String text =
        "POST / HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(address.getHostString(), address.getPort(), body.length(), body);
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** One call; its result. */
  JsonNode call(String method, String params) {
    try {
      connection.send(request(method, params));
      boolean whole = false;
      while (!whole) {
        whole = connection.receive();
      }
      return MAPPER.readTree(connection.body()).path("result");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + connection.body(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long number(String method, String params) {
    return new BigInteger(call(method, params).asText().substring(2), 16).longValueExact();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
