package dev.klay.consensus.rpc;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;

/**
 * JSON-RPC over one WebSocket: requests as text or binary messages, several at a time, answers as
 * they come, and notifications. A silent client is pinged, and dropped if it does not answer.
 */
final class WebSocketRpcHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final int PING_SECONDS = 30;
  private static final int SILENCE_MAX = 3;

  private final RpcConnections connections;
  private final SlowClientGuard guard;
  private final Channel channel;
  private final RpcSession session;
  private int inFlight;
  private int silence;

  private WebSocketRpcHandler(RpcConnections connections, SlowClientGuard guard, Channel channel) {
    this.connections = connections;
    this.guard = guard;
    this.channel = channel;
    this.session =
        RpcSession.listening(
            connections.clientOf(channel), new ChannelSink(channel, connections, guard));
  }

  /** Notifications to one client. */
  private record ChannelSink(Channel channel, RpcConnections connections, SlowClientGuard guard)
      implements RpcSession.Sink {
    @Override
    public boolean isReady() {
      return channel.isActive() && channel.isWritable();
    }

    @Override
    public void send(byte[] notification) {
      WebSocketRpcHandler.send(channel, connections, guard, notification);
    }

    @Override
    public void overflow() {
      channel
          .eventLoop()
          .execute(
              () -> close(channel, WebSocketCloseStatus.TRY_AGAIN_LATER, "the client is too slow"));
    }
  }

  /** Writes on the event loop, where the answers are written, so that the order holds. */
  private static void send(
      Channel channel, RpcConnections connections, SlowClientGuard guard, byte[] message) {
    channel
        .eventLoop()
        .execute(
            () -> {
              var unused =
                  connections
                      .outbound()
                      .write(
                          channel,
                          guard,
                          new TextWebSocketFrame(Unpooled.wrappedBuffer(message)),
                          message.length);
            });
  }

  private static void close(Channel channel, WebSocketCloseStatus status, String reason) {
    channel
        .writeAndFlush(new CloseWebSocketFrame(status, reason))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Turns a connection into a WebSocket. */
  static void upgrade(
      ChannelHandlerContext context,
      FullHttpRequest request,
      RpcConnections connections,
      SlowClientGuard guard) {
    int sizeMax = connections.rpc().limits().bodySizeMaxBytes();
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("ws://localhost/", null, false, sizeMax)
            .newHandshaker(request);
    if (handshaker == null) {
      var unused =
          WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      return;
    }
    ChannelPipeline pipeline = context.pipeline();
    Channel channel = context.channel();
    WebSocketRpcHandler handler = new WebSocketRpcHandler(connections, guard, channel);
    pipeline.replace(HttpRpcHandler.class, "messages", new WebSocketFrameAggregator(sizeMax));
    pipeline.addLast("websocket", handler);
    pipeline.addBefore("websocket", "idle", new IdleStateHandler(PING_SECONDS, 0, 0));
    guard.leaveIdle();
    handshaker.handshake(channel, request).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    guard.complete();
    silence = 0;
    if (frame instanceof PingWebSocketFrame) {
      var unused = context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
    } else if (frame instanceof CloseWebSocketFrame) {
      context.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
    } else if (!(frame instanceof PongWebSocketFrame)) {
      ask(ByteBufUtil.getBytes(frame.content()));
    }
  }

  private void ask(byte[] request) {
    if (!connections.mayAsk(channel)) {
      RpcError error = RpcError.of(RpcError.LIMIT, "too many requests; ask again a little later");
      send(
          channel,
          connections,
          guard,
          JsonText.write(JsonRpc.failure(RequestId.of(request), error)));
      return;
    }
    inFlight++;
    if (inFlight >= connections.rpc().limits().inFlightMax()) {
      channel.config().setAutoRead(false);
    }
    RpcExchange.start(
        connections.rpc(),
        connections.workers(),
        channel.eventLoop(),
        request,
        session,
        answer -> RpcConnections.onLoop(channel, () -> answer(answer)));
  }

  private void answer(RpcExchange.Answer answer) {
    inFlight--;
    if (!channel.config().isAutoRead()) {
      channel.config().setAutoRead(true);
    }
    if (answer.body().isPresent()) {
      byte[] body = answer.body().orElseThrow();
      var unused =
          connections
              .outbound()
              .write(
                  channel,
                  guard,
                  new TextWebSocketFrame(Unpooled.wrappedBuffer(body)),
                  body.length);
    }
    session.answered();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      session.ready();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent idle && idle.state() == IdleState.READER_IDLE) {
      silence++;
      if (silence >= SILENCE_MAX) {
        close(channel, WebSocketCloseStatus.POLICY_VIOLATION, "no answer to pings");
      } else {
        var unused = context.writeAndFlush(new PingWebSocketFrame());
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    session.close();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    connections.failed(context, cause);
  }
}
