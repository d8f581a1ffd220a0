package dev.klay.consensus.rpc;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * HTTP requests of one connection, one at a time and in order. A client that sends more before it
 * is answered is not read any more; what it had in its last packet waits here, so much and no more.
 */
final class HttpRpcHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final byte[] NOTHING = {};

  private final RpcConnections connections;
  private final SlowClientGuard guard;
  private final RpcSession session;
  private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
  private boolean answering;
  private boolean taking;

  HttpRpcHandler(RpcConnections connections, SlowClientGuard guard, RpcSession session) {
    this.connections = connections;
    this.guard = guard;
    this.session = session;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    guard.complete();
    waiting.add(request.retain());
    if (answering) {
      context.channel().config().setAutoRead(false);
    }
    if (waiting.size() > connections.rpc().limits().inFlightMax()) {
      var unused = context.close();
    } else {
      takeWaiting(context);
    }
  }

  /** Takes what waits for as long as each is answered at once. */
  private void takeWaiting(ChannelHandlerContext context) {
    if (taking) {
      return; // called by the answer to what is being taken
    }
    taking = true;
    while (!answering && !waiting.isEmpty() && context.channel().isActive()) {
      FullHttpRequest request = waiting.remove();
      try {
        take(context, request);
      } finally {
        request.release();
      }
    }
    taking = false;
    if (!answering && !context.channel().config().isAutoRead()) {
      context.channel().config().setAutoRead(true);
    }
  }

  private void take(ChannelHandlerContext context, FullHttpRequest request) {
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
      page(context, request);
    } else {
      post(context, request);
    }
  }

  /** A page, or nothing with 200: monitors only ask whether somebody is there. */
  private void page(ChannelHandlerContext context, FullHttpRequest request) {
    HttpReply reply = new HttpReply(context, request, connections, guard);
    if (!connections.mayAsk(context.channel())) {
      reply.sendText(HttpResponseStatus.TOO_MANY_REQUESTS, "too many requests");
      return;
    }
    String path = request.uri().split("\\?", 2)[0];
    connections
        .pages()
        .page(path)
        .ifPresentOrElse(reply::sendPage, () -> reply.sendText(HttpResponseStatus.OK, ""));
  }

  private void post(ChannelHandlerContext context, FullHttpRequest request) {
    Optional<HttpGate.Refusal> refusal = connections.gate().checkPost(request);
    if (refusal.isPresent()) {
      refuse(context, request, refusal.orElseThrow());
      return;
    }
    HttpReply reply = new HttpReply(context, request, connections, guard);
    int bodyMax = connections.rpc().limits().bodySizeMaxBytes();
    byte[] body = ByteBufUtil.getBytes(request.content());
    if (HttpGzip.isUsed(request)) {
      try {
        body = HttpGzip.expand(body, bodyMax);
      } catch (IOException malformed) {
        reply.sendText(HttpResponseStatus.BAD_REQUEST, "the body is not gzip");
        return;
      }
    }
    if (body.length > bodyMax) {
      reply.sendText(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large");
    } else {
      ask(context, body, reply);
    }
  }

  private void ask(ChannelHandlerContext context, byte[] body, HttpReply reply) {
    if (!connections.mayAsk(context.channel())) {
      RpcError error = RpcError.of(RpcError.LIMIT, "too many requests; ask again a little later");
      byte[] json = JsonText.write(JsonRpc.failure(RequestId.of(body), error));
      reply.send(HttpResponseStatus.TOO_MANY_REQUESTS, reply.pack(json));
      return;
    }
    answering = true;
    RpcExchange.start(
        connections.rpc(),
        connections.workers(),
        context.channel().eventLoop(),
        body,
        session,
        answer -> {
          HttpReply.Body packed = reply.pack(answer.body().orElse(NOTHING));
          RpcConnections.onLoop(
              context.channel(),
              () -> {
                answering = false;
                reply.send(status(answer), packed);
                takeWaiting(context);
              });
        });
  }

  private static HttpResponseStatus status(RpcExchange.Answer answer) {
    return answer.outcome() == RpcExchange.Outcome.OVERLOADED
        ? HttpResponseStatus.SERVICE_UNAVAILABLE
        : HttpResponseStatus.OK;
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
    new HttpReply(context, request, connections, guard).sendText(status, text);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    waiting.forEach(ReferenceCounted::release);
    waiting.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    connections.failed(context, cause);
  }
}
