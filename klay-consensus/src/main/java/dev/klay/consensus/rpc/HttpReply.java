package dev.klay.consensus.rpc;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What must be known of a request, which is gone by then, to answer it; and the answering. */
final class HttpReply {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String MAX_AGE_SECONDS = "600";

  private final ChannelHandlerContext context;
  private final RpcConnections connections;
  private final SlowClientGuard guard;
  private final boolean keepAlive;
  private final boolean preflight;
  private final boolean gzip;
  private final @Nullable String origin;

  HttpReply(
      ChannelHandlerContext context,
      FullHttpRequest request,
      RpcConnections connections,
      SlowClientGuard guard) {
    this.context = context;
    this.connections = connections;
    this.guard = guard;
    this.keepAlive = HttpUtil.isKeepAlive(request);
    this.preflight = HttpGate.isPreflight(request);
    this.gzip = HttpGzip.isAccepted(request.headers().get(HttpHeaderNames.ACCEPT_ENCODING));
    this.origin = request.headers().get(HttpHeaderNames.ORIGIN);
  }

  /** A body as it travels. */
  record Body(byte[] bytes, boolean gzip) {}

  /** Compresses JSON if the client takes it so; in any thread, as it may take long. */
  Body pack(byte[] json) {
    return gzip && HttpGzip.isWorthIt(json)
        ? new Body(HttpGzip.compress(json), true)
        : new Body(json, false);
  }

  /** Sends JSON. To be called on the channel's event loop. */
  void send(HttpResponseStatus status, Body json) {
    write(status, json, JSON);
  }

  /** Sends words for people. To be called on the channel's event loop. */
  void sendText(HttpResponseStatus status, String text) {
    write(status, new Body(text.getBytes(StandardCharsets.UTF_8), false), TEXT);
  }

  /** Sends a page. To be called on the channel's event loop. */
  void sendPage(HttpPages.Page page) {
    byte[] text = page.text().getBytes(StandardCharsets.UTF_8);
    write(HttpResponseStatus.valueOf(page.status()), pack(text), page.type());
  }

  private void write(HttpResponseStatus status, Body body, String type) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body.bytes()));
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.bytes().length);
    headers.set("X-Content-Type-Options", "nosniff");
    if (body.gzip()) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, HttpGzip.NAME);
    }
    if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
      headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    allowOrigin(headers);
    HttpUtil.setKeepAlive(response, keepAlive);
    var written =
        connections.outbound().write(context.channel(), guard, response, body.bytes().length);
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
