package dev.klay.consensus.rpc;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one server share.
 *
 * @param limited whether addresses other than this machine's are held to a rate
 */
record RpcConnections(
    JsonRpc rpc,
    HttpPages pages,
    RpcWorkers workers,
    HttpGate gate,
    Outbound outbound,
    RateLimit rate,
    boolean limited,
    AtomicInteger open) {
  private static final Logger LOG = LoggerFactory.getLogger(RpcConnections.class);

  String clientOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "unknown";
  }

  /** Runs a task on the channel's event loop: now, if this is its thread. */
  static void onLoop(Channel channel, Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }

  /** Whether a client is within its rate; programs of this machine always are. */
  boolean mayAsk(Channel channel) {
    boolean here =
        channel.remoteAddress() instanceof InetSocketAddress address
            && address.getAddress().isLoopbackAddress();
    return !limited || here || rate.tryTake(clientOf(channel), 1);
  }

  /** A connection breaks: no news if the client did it. */
  void failed(ChannelHandlerContext context, Throwable cause) {
    boolean theirs = cause instanceof IOException || cause instanceof CodecException;
    if (!theirs) {
      LOG.warn("a connection failed", cause);
    }
    var unused = context.close();
  }
}
