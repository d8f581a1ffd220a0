package dev.klay.client.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.core.service.ChainUnavailableException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * Calls over one WebSocket, on which the node also tells of new blocks. A socket that breaks is
 * opened again, at first at once and then less and less often; calls that may be repeated wait for
 * it, others fail. Whoever follows blocks goes on by number, so nothing is lost or doubled.
 */
final class SocketTransport extends WebSocketListener implements RpcTransport {
  static final int WAITING_MAX = 1 << 16;

  private static final long PAUSE_MAX_MILLIS = 5_000;
  private static final long SUBSCRIPTION_ID = 0;
  private static final int NORMAL_CLOSE = 1000;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final OkHttpClient http;
  private final HttpUrl url;
  private final ScheduledExecutorService scheduler;
  private final Runnable onHead;
  private final Map<Long, RpcRequest> open = new LinkedHashMap<>();
  private @Nullable WebSocket socket;
  private boolean connected;
  private boolean closed;
  private long lastId = SUBSCRIPTION_ID;
  private long pauseMillis;

  /**
   * Opens the socket.
   *
   * @param onHead called when there is a new block, or one may have been missed
   */
  SocketTransport(
      OkHttpClient http, HttpUrl url, ScheduledExecutorService scheduler, Runnable onHead) {
    this.http = http;
    this.url = url;
    this.scheduler = scheduler;
    this.onHead = onHead;
  }

  synchronized void connect() {
    if (!closed) {
      socket = http.newWebSocket(new Request.Builder().url(url).build(), this);
    }
  }

  @Override
  public boolean tellsHeads() {
    return true;
  }

  @Override
  public void send(RpcRequest request) {
    String refusal = null;
    synchronized (this) {
      if (closed || open.size() >= WAITING_MAX) {
        refusal = closed ? "the client is closed" : WAITING_MAX + " calls wait already";
      } else {
        lastId++;
        long id = lastId;
        open.put(id, request);
        if (connected && socket != null) {
          boolean unused = socket.send(request.toJson(id).toString()); // else onFailure follows
        }
      }
    }
    if (refusal != null) {
      request.answer().completeExceptionally(new ChainUnavailableException(refusal));
    }
  }

  @Override
  public void onOpen(WebSocket opened, Response response) {
    synchronized (this) {
      if (opened != socket) {
        return;
      }
      connected = true;
      pauseMillis = 0;
      boolean unused =
          opened.send(
              RpcRequest.of("klay_subscribe", "newHeads").toJson(SUBSCRIPTION_ID).toString());
      open.forEach((id, request) -> opened.send(request.toJson(id).toString()));
    }
    onHead.run();
  }

  @Override
  public void onMessage(WebSocket from, String text) {
    JsonNode json;
    try {
      json = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      from.cancel(); // onFailure follows: another socket may do better
      return;
    }
    if (json.path("method").asText("").endsWith("_subscription")) {
      onHead.run();
      return;
    }
    RpcRequest request;
    synchronized (this) {
      request = open.remove(json.path("id").asLong(-1));
    }
    if (request != null) {
      request.answer().complete(RpcAnswer.of(json));
    }
  }

  @Override
  public void onFailure(WebSocket failed, Throwable reason, @Nullable Response response) {
    lost(failed, String.valueOf(reason));
  }

  @Override
  public void onClosing(WebSocket closing, int code, String reason) {
    closing.close(NORMAL_CLOSE, null);
    lost(closing, "the node closed: " + code + " " + reason);
  }

  private void lost(WebSocket which, String reason) {
    List<RpcRequest> failed = new ArrayList<>();
    synchronized (this) {
      if (which != socket || closed) {
        return;
      }
      socket = null;
      if (connected) {
        removeUnrepeatable(failed);
      }
      connected = false;
      long pause = pauseMillis;
      pauseMillis = Math.min(PAUSE_MAX_MILLIS, Math.max(50, 2 * pauseMillis));
      var unused = scheduler.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }
    ChainUnavailableException lost =
        new ChainUnavailableException("the connection to " + url.host() + " broke: " + reason);
    failed.forEach(request -> request.answer().completeExceptionally(lost));
  }

  private void removeUnrepeatable(List<RpcRequest> failed) {
    for (Iterator<RpcRequest> all = open.values().iterator(); all.hasNext(); ) {
      RpcRequest request = all.next();
      if (!request.repeatable()) {
        all.remove();
        failed.add(request);
      }
    }
  }

  /** Drops the call of an answer that nobody waits for any more. */
  synchronized void forget(RpcRequest request) {
    open.values().remove(request);
  }

  @Override
  public void close() {
    List<RpcRequest> left;
    WebSocket last;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(open.values());
      open.clear();
      last = socket;
      socket = null;
    }
    ChainUnavailableException reason = new ChainUnavailableException("the client is closed");
    left.forEach(request -> request.answer().completeExceptionally(reason));
    if (last != null) {
      last.cancel();
    }
  }
}
