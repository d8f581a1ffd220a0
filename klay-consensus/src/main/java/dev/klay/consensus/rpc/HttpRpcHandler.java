package dev.klay.consensus.rpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HTTP requests of one connection, one at a time: the next is read when the answer is on its way,
 * so a client that pipelines waits in its own buffers.
 */
final class HttpRpcHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String MAX_AGE_SECONDS = "600";

  private final RpcConnections connections;
  private final SlowClientGuard guard;

  HttpRpcHandler(RpcConnections connections, SlowClientGuard guard) {
    this.connections = connections;
    this.guard = guard;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    guard.complete();
    if (request.decoderResult().isFailure()) {
      answer(context, request, HttpResponseStatus.BAD_REQUEST, "malformed HTTP request");
      return;
    }
    HttpGate gate = connections.gate();
    Optional<HttpGate.Refusal> refusal = gate.check(request);
    boolean upgrade =
        request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    if (refusal.isEmpty() && upgrade) {
      refusal = gate.checkUpgrade(request);
      if (refusal.isEmpty()) {
        WebSocketRpcHandler.upgrade(context, request, connections, guard);
        return;
      }
    }
    if (refusal.isPresent()) {
      refuse(context, request, refusal.orElseThrow());
    } else if (HttpGate.isPreflight(request)) {
      answer(context, request, HttpResponseStatus.OK, "");
    } else if (request.method().equals(HttpMethod.GET) && !request.content().isReadable()) {
      answer(context, request, HttpResponseStatus.OK, ""); // a health check
    } else {
      post(context, request);
    }
  }

  private void post(ChannelHandlerContext context, FullHttpRequest request) {
    Optional<HttpGate.Refusal> refusal = connections.gate().checkPost(request);
    if (refusal.isPresent()) {
      refuse(context, request, refusal.orElseThrow());
      return;
    }
    byte[] body = ByteBufUtil.getBytes(request.content());
    String client = connections.clientOf(context.channel());
    Reply reply = new Reply(context, request, connections);
    if (!connections.mayAsk(context.channel())) {
      RpcError error = RpcError.of(RpcError.LIMIT, "too many requests; ask again a little later");
      reply.send(
          HttpResponseStatus.TOO_MANY_REQUESTS,
          JsonText.write(JsonRpc.failure(RequestId.of(body), error)));
      return;
    }
    context.channel().config().setAutoRead(false);
    RpcSession session = RpcSession.asking(client);
    RpcExchange.start(
        connections.rpc(),
        connections.workers(),
        context.channel().eventLoop(),
        body,
        session,
        answer -> {
          context.channel().config().setAutoRead(true);
          reply.send(
              answer.outcome() == RpcExchange.Outcome.OVERLOADED
                  ? HttpResponseStatus.SERVICE_UNAVAILABLE
                  : HttpResponseStatus.OK,
              answer.body().orElse(new byte[0]));
        });
  }

  private void refuse(
      ChannelHandlerContext context, FullHttpRequest request, HttpGate.Refusal refusal) {
    answer(context, request, refusal.status(), refusal.message());
  }

  private void answer(
      ChannelHandlerContext context,
      FullHttpRequest request,
      HttpResponseStatus status,
      String text) {
    new Reply(context, request, connections)
        .sendText(status, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What must be known of a request, which is gone by then, to answer it. */
  private static final class Reply {
    private final ChannelHandlerContext context;
    private final RpcConnections connections;
    private final boolean keepAlive;
    private final boolean preflight;
    private final @Nullable String origin;

    Reply(ChannelHandlerContext context, FullHttpRequest request, RpcConnections connections) {
      this.context = context;
      this.connections = connections;
      this.keepAlive = HttpUtil.isKeepAlive(request);
      this.preflight = HttpGate.isPreflight(request);
      this.origin = request.headers().get(HttpHeaderNames.ORIGIN);
    }

    void send(HttpResponseStatus status, byte[] json) {
      write(status, json, "application/json");
    }

    void sendText(HttpResponseStatus status, byte[] text) {
      write(status, text, "text/plain; charset=utf-8");
    }

    private void write(HttpResponseStatus status, byte[] body, String type) {
      ByteBuf content = Unpooled.wrappedBuffer(body);
      FullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
      HttpHeaders headers = response.headers();
      headers.set(HttpHeaderNames.CONTENT_TYPE, type);
      headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
      headers.set("X-Content-Type-Options", "nosniff");
      if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
        headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
      }
      allowOrigin(headers);
      HttpUtil.setKeepAlive(response, keepAlive);
      var written = connections.outbound().write(context.channel(), response, body.length);
      if (!keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }

    private void allowOrigin(HttpHeaders headers) {
      if (origin == null || !connections.gate().isOriginAllowed(origin)) {
        return;
      }
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
      if (preflight) {
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "POST, GET");
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "content-type, authorization");
        headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    connections.failed(context, cause);
  }
}
