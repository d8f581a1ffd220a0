package dev.klay.consensus.rpc;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what was answered and not yet taken, of all clients. A client that does not read what it
 * asked for loses its connection before its answers fill the heap.
 */
final class Outbound {
  /** Of all clients together. */
  private static final long ALL_MAX_BYTES = 128L << 20;

  private final long clientMaxBytes;
  private final AtomicLong pending = new AtomicLong();

  /**
   * Nothing pending yet.
   *
   * @param clientMaxBytes of one client; one answer always goes
   */
  Outbound(long clientMaxBytes) {
    this.clientMaxBytes = clientMaxBytes;
  }

  /** Writes a message. To be called on the channel's event loop. */
  ChannelFuture write(Channel channel, SlowClientGuard guard, Object message, int sizeBytes) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    boolean behind = buffer != null && buffer.totalPendingWriteBytes() > clientMaxBytes;
    if (behind || pending.get() > ALL_MAX_BYTES) {
      ReferenceCountUtil.release(message);
      return channel.close();
    }
    ChannelFuture write = channel.writeAndFlush(message);
    if (write.isSuccess()) {
      guard.written(); // the socket took it at once, as nearly always
      return write;
    }
    pending.addAndGet(sizeBytes);
    return write.addListener(
        done -> {
          pending.addAndGet(-sizeBytes);
          guard.written();
        });
  }
}
