package dev.klay.client.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.klay.core.service.ChainUnavailableException;
import dev.klay.crypto.KlayException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Calls over HTTP. A call goes out at once while there are few; when {@value #REQUESTS_MAX}
 * requests are on their way, further calls wait and then leave together as a batch, so that many
 * callers cost few requests.
 */
final class HttpTransport implements RpcTransport {
  static final int REQUESTS_MAX = 8;
  static final int BATCH_MAX = 50;

  /** Calls that may wait; beyond, callers are told to slow down. */
  static final int WAITING_MAX = 1 << 16;

  /** Characters of parameters in one request; a node takes two MiB. */
  private static final int BODY_MAX = 1 << 20;

  private static final long ANSWER_MAX = 64L << 20;
  private static final MediaType JSON = MediaType.get("application/json");
  private static final JsonMapper MAPPER = new JsonMapper();

  private final OkHttpClient http;
  private final HttpUrl url;
  private final Deque<RpcRequest> waiting = new ArrayDeque<>();
  private int onTheirWay;
  private boolean closed;

  HttpTransport(OkHttpClient http, HttpUrl url) {
    this.http = http;
    this.url = url;
  }

  @Override
  public boolean tellsHeads() {
    return false;
  }

  @Override
  public void send(RpcRequest request) {
    String refusal = null;
    synchronized (this) {
      if (closed) {
        refusal = "the client is closed";
      } else if (waiting.size() >= WAITING_MAX) {
        refusal = WAITING_MAX + " calls wait already";
      } else {
        waiting.add(request);
      }
    }
    if (refusal != null) {
      request.answer().completeExceptionally(new ChainUnavailableException(refusal));
    } else {
      sendWaiting();
    }
  }

  private void sendWaiting() {
    List<RpcRequest> batch = take();
    while (!batch.isEmpty()) {
      post(batch, true);
      batch = take();
    }
  }

  private synchronized List<RpcRequest> take() {
    List<RpcRequest> batch = new ArrayList<>();
    if (onTheirWay >= REQUESTS_MAX) {
      return batch;
    }
    long size = 0;
    while (!waiting.isEmpty() && batch.size() < BATCH_MAX && size < BODY_MAX) {
      RpcRequest next = waiting.remove();
      size += next.params().toString().length();
      batch.add(next);
    }
    onTheirWay += batch.isEmpty() ? 0 : 1;
    return batch;
  }

  private void post(List<RpcRequest> batch, boolean first) {
    Request request = new Request.Builder().url(url).post(body(batch)).build();
    http.newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                // A kept connection may have died meanwhile: one more try finds out.
                if (first && batch.stream().allMatch(RpcRequest::repeatable)) {
                  post(batch, false);
                  return;
                }
                finish(batch, new ChainUnavailableException("no answer from " + host() + ": " + e));
              }

              @Override
              public void onResponse(Call call, Response response) {
                answer(batch, response);
              }
            });
  }

  private static RequestBody body(List<RpcRequest> batch) {
    JsonNode json;
    if (batch.size() == 1) {
      json = batch.get(0).toJson(0);
    } else {
      ArrayNode calls = MAPPER.createArrayNode();
      for (int i = 0; i < batch.size(); i++) {
        calls.add(batch.get(i).toJson(i));
      }
      json = calls;
    }
    return RequestBody.create(json.toString(), JSON);
  }

  private void answer(List<RpcRequest> batch, Response response) {
    try (response) {
      ResponseBody body = response.body();
      if (response.code() == 401 || response.code() == 403) {
        throw new RpcErrorException(
            response.code(), host() + " does not let this client in", java.util.Optional.empty());
      }
      JsonNode json = read(body);
      if (json.isArray()) {
        json.forEach(each -> complete(batch, each));
      } else if (batch.size() == 1) {
        complete(batch, json);
      } else {
        throw refusalOfAll(json);
      }
      finish(batch, new ChainUnavailableException(host() + " left the call unanswered"));
    } catch (KlayException e) {
      finish(batch, e);
    } catch (IOException | RuntimeException e) {
      finish(batch, new ChainUnavailableException("no usable answer from " + host() + ": " + e));
    }
  }

  private static KlayException refusalOfAll(JsonNode json) {
    return RpcAnswer.of(json)
        .failure()
        .map(RpcAnswer.Failure::toException)
        .orElseGet(() -> new ChainUnavailableException("a batch was answered by one answer"));
  }

  private JsonNode read(ResponseBody body) throws IOException {
    if (body.contentLength() > ANSWER_MAX || body.source().request(ANSWER_MAX + 1)) {
      throw new IOException("the answer is longer than " + ANSWER_MAX + " bytes");
    }
    try {
      return MAPPER.readTree(body.bytes());
    } catch (JsonProcessingException e) {
      throw new IOException("the answer is no JSON", e);
    }
  }

  private static void complete(List<RpcRequest> batch, JsonNode answer) {
    int id = batch.size() == 1 ? 0 : answer.path("id").asInt(-1);
    if (id >= 0 && id < batch.size()) {
      batch.get(id).answer().complete(RpcAnswer.of(answer));
    }
  }

  /** Frees the place, and fails what got no answer. */
  private void finish(List<RpcRequest> batch, KlayException failure) {
    synchronized (this) {
      onTheirWay--;
    }
    batch.forEach(request -> request.answer().completeExceptionally(failure));
    sendWaiting();
  }

  private String host() {
    return url.host() + ":" + url.port();
  }

  @Override
  public void close() {
    List<RpcRequest> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(waiting);
      waiting.clear();
    }
    ChainUnavailableException reason = new ChainUnavailableException("the client is closed");
    left.forEach(request -> request.answer().completeExceptionally(reason));
  }
}
