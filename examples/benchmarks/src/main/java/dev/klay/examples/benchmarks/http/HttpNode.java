package dev.klay.examples.benchmarks.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A node behind a URL. Safe for any thread; each thread that calls has a connection. */
final class HttpNode {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String url;
  private final OkHttpClient http;

  HttpNode(String url, int connections) {
    this.url = url;
    this.http =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(connections, 1, TimeUnit.MINUTES))
            .readTimeout(2, TimeUnit.MINUTES)
            .build();
  }

  /** One call; its result. */
  JsonNode call(String method, String params) {
    return result(post(request(1, method, params)));
  }

  /** A batch of calls of one method; fails if one of them does. */
  void batch(String method, List<String> params) {
    String body =
        IntStream.range(0, params.size())
            .mapToObj(i -> request(i, method, params.get(i)))
            .collect(Collectors.joining(",", "[", "]"));
    post(body).forEach(HttpNode::result);
  }

  long number(String method, String params) {
    return new BigInteger(call(method, params).asText().substring(2), 16).longValueExact();
  }

  private static String request(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
        .formatted(id, method, params);
  }

  private static JsonNode result(JsonNode answer) {
    if (answer.has("error")) {
      throw new IllegalStateException(answer.get("error").toString());
    }
    return answer.path("result");
  }

  private JsonNode post(String body) {
    Request request = new Request.Builder().url(url).post(RequestBody.create(body, JSON)).build();
    try (Response response = http.newCall(request).execute()) {
      return MAPPER.readTree(response.body().bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
