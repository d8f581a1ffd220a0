package dev.klay.consensus.rpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request has begun but does not end (slow loris). Stands in front of the
 * decoders and sees bytes; who decodes a whole message says so. A connection that is new must bring
 * its first request in the same time.
 */
final class SlowClientGuard extends ChannelInboundHandlerAdapter {
  private final long limitMillis;
  private @Nullable ScheduledFuture<?> timer;

  SlowClientGuard(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    start(context);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    start(context);
    context.fireChannelRead(bytes);
  }

  private void start(ChannelHandlerContext context) {
    if (timer == null) {
      timer = context.executor().schedule(() -> close(context), limitMillis, TimeUnit.MILLISECONDS);
    }
  }

  private static void close(ChannelHandlerContext context) {
    var unused = context.close();
  }

  /** A message has arrived whole. */
  void complete() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    complete();
    context.fireChannelInactive();
  }
}
