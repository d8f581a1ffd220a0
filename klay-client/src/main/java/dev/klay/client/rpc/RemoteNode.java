package dev.klay.client.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.json.ChainSpecJson;
import dev.klay.core.json.Quantity;
import dev.klay.core.service.ChainInfo;
import dev.klay.core.service.ChainUnavailableException;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Hash;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** A connection to one node, and the threads that serve it; closing ends all of them. */
final class RemoteNode implements AutoCloseable {
  private static final Duration PING = Duration.ofSeconds(15);
  private static final int POLLS_SPARED_BY_SOCKET = 100;

  private final OkHttpClient http;
  private final ExecutorService callbacks;
  private final ScheduledThreadPoolExecutor scheduler;
  private final Duration timeout;
  private final HeadWatch heads;
  private final RpcTransport transport;

  private RemoteNode(HttpUrl url, boolean socket, RemoteOptions options) {
    timeout = options.callTimeout();
    callbacks = Executors.newCachedThreadPool(daemons("klay-client-http"));
    scheduler = new ScheduledThreadPoolExecutor(1, daemons("klay-client-timer"));
    scheduler.setRemoveOnCancelPolicy(true);
    http = client(options);
    long pause = options.pollEvery().toMillis() * (socket ? POLLS_SPARED_BY_SOCKET : 1);
    heads = new HeadWatch(this::height, scheduler, pause);
    if (socket) {
      SocketTransport opened = new SocketTransport(http, url, scheduler, heads::wake);
      transport = opened;
      opened.connect();
    } else {
      transport = new HttpTransport(http, url);
    }
  }

  static RemoteNode open(String url, RemoteOptions options) {
    boolean socket = url.startsWith("ws:") || url.startsWith("wss:");
    String http = socket ? "http" + url.substring(2) : url;
    return new RemoteNode(HttpUrl.get(http), socket, options);
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private OkHttpClient client(RemoteOptions options) {
    Dispatcher dispatcher = new Dispatcher(callbacks);
    dispatcher.setMaxRequests(2 * HttpTransport.REQUESTS_MAX);
    dispatcher.setMaxRequestsPerHost(2 * HttpTransport.REQUESTS_MAX);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .callTimeout(options.callTimeout())
            .readTimeout(options.callTimeout())
            .pingInterval(PING)
            .followRedirects(false)
            .retryOnConnectionFailure(false);
    options
        .token()
        .ifPresent(
            token ->
                builder.addInterceptor(
                    chain -> {
                      Request bearing =
                          chain
                              .request()
                              .newBuilder()
                              .header("Authorization", token.header())
                              .build();
                      return chain.proceed(bearing);
                    }));
    return builder.build();
  }

  HeadWatch heads() {
    return heads;
  }

  private CompletableFuture<Long> height() {
    return call("klay_blockNumber").thenApply(Quantity::parseLong);
  }

  /** The answer, whatever it is; fails only if none comes. */
  CompletableFuture<RpcAnswer> send(RpcRequest request) {
    transport.send(request);
    return request
        .answer()
        .copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure -> {
              boolean late = failure instanceof TimeoutException;
              if (late && transport instanceof SocketTransport socket) {
                socket.forget(request);
              }
              return CompletableFuture.failedFuture(
                  late
                      ? new ChainUnavailableException(
                          "no answer to "
                              + request.method()
                              + " within "
                              + timeout.toMillis()
                              + " ms")
                      : failure);
            });
  }

  /** The result; fails with what the answer says. */
  CompletableFuture<JsonNode> call(String method, Object... params) {
    return send(RpcRequest.of(method, params)).thenApply(RpcAnswer::required);
  }

  /** Asks which chain it is: one of our nodes tells all, another what has to be known. */
  ChainInfo info() {
    RpcAnswer answer = await(send(RpcRequest.of("chain_info")));
    if (answer.failure().map(RpcAnswer.Failure::isMissingMethod).orElse(false)) {
      JsonNode chainId = await(call("klay_chainID"));
      JsonNode genesis = await(call("klay_getHeaderByNumber", "0x0"));
      return new ChainInfo(
          ForeignChain.spec(Quantity.parseLong(chainId), genesis),
          Hash.fromHex(genesis.path("hash").asText()));
    }
    JsonNode json = answer.required();
    return new ChainInfo(
        ChainSpecJson.read(json.path("spec")), Hash.fromHex(json.path("genesisHash").asText()));
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof KlayException klay) {
        throw klay;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    heads.close();
    transport.close();
    scheduler.shutdownNow();
    http.dispatcher().cancelAll();
    callbacks.shutdown();
    http.connectionPool().evictAll();
  }
}
