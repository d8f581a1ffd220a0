package dev.klay.consensus.rpc;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request has begun but does not end (slow loris), whose client does not
 * take what was sent, or that nobody uses. Stands in front of the decoders and sees bytes; who
 * decodes a whole message says so, who has written one, too. A connection that is new must bring
 * its first request in the time that a request has.
 *
 * <p>It looks by itself from time to time rather than at a timer for each request: that costs a
 * request one look at the clock. So answers and idle connections have up to one look longer.
 */
final class SlowClientGuard extends ChannelInboundHandlerAdapter {
  /** Looks in which an answer must have left, at the least. */
  private static final int LOOKS_SENDING = 3;

  private final long requestNanos;
  private long idleNanos;
  private @Nullable ScheduledFuture<?> look;

  private boolean receiving;
  private long receivingSince;
  private long usedAt;
  private long written;
  private long writtenBefore;
  private int looksSending;

  /**
   * A guard of one connection.
   *
   * @param requestMillis in which a request must arrive; an answer has three times as long
   * @param idleMillis without a request, after which a connection ends
   */
  SlowClientGuard(long requestMillis, long idleMillis) {
    this.requestNanos = TimeUnit.MILLISECONDS.toNanos(requestMillis);
    this.idleNanos = TimeUnit.MILLISECONDS.toNanos(idleMillis);
  }

  /** From now on somebody else sees to connections that nobody uses. */
  void leaveIdle() {
    idleNanos = Long.MAX_VALUE;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    begin();
    lookLater(context, requestNanos);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (!receiving) {
      begin();
    }
    context.fireChannelRead(bytes);
  }

  private void begin() {
    receiving = true;
    receivingSince = System.nanoTime();
    usedAt = receivingSince;
  }

  /** A message has arrived whole. */
  void complete() {
    receiving = false;
  }

  /** A message has left whole. */
  void written() {
    written++;
  }

  private void lookLater(ChannelHandlerContext context, long nanos) {
    look = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    long now = System.nanoTime();
    boolean lateRequest = receiving && now - receivingSince >= requestNanos;
    if (lateRequest || isStuck(context.channel()) || now - usedAt >= idleNanos) {
      var unused = context.close();
      return;
    }
    lookLater(context, receiving ? receivingSince + requestNanos - now : requestNanos);
  }

  /** Whether no message has left for three looks though some are there. */
  private boolean isStuck(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    boolean sending = buffer != null && buffer.totalPendingWriteBytes() > 0;
    looksSending = sending && written == writtenBefore ? looksSending + 1 : 0;
    writtenBefore = written;
    return looksSending > LOOKS_SENDING;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (look != null) {
      look.cancel(false);
    }
    context.fireChannelInactive();
  }
}
