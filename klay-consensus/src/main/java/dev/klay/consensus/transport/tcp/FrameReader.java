package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.wire.FrameType;
import dev.klay.consensus.wire.WireLimits;
import dev.klay.crypto.primitive.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into frames. The length is judged before the frame is waited for, and so is its
 * type, which stands in its first bytes.
 */
final class FrameReader extends ByteToMessageDecoder {
  /** A frame that is longer than its type allows. */
  static final class OversizedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OversizedException(long length, int type) {
      super("a frame of type " + type + " announces " + length + " bytes");
    }
  }

  private static final int LENGTH_BYTES = 4;

  /** The RLP list's header has at most five bytes, the type two. */
  private static final int PEEK_BYTES = 7;

  private final WireLimits limits;
  private final LongSupplier nanos;
  private @Nullable IntUnaryOperator bytesMax;
  private volatile boolean inFrame;
  private volatile long beganNanos;

  FrameReader(WireLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
  }

  /** From now on frames may be as long as this says of their type; before, as long as a Hello. */
  void linked(IntUnaryOperator bytesMaxOfType) {
    bytesMax = bytesMaxOfType;
  }

  /** For how long the frame that is arriving has been, 0 if none is. */
  long arrivingNanos() {
    return inFrame ? nanos.getAsLong() - beganNanos : 0;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    while (in.readableBytes() >= LENGTH_BYTES) {
      long length = in.getUnsignedInt(in.readerIndex());
      ensureFits(length, in);
      if (in.readableBytes() < LENGTH_BYTES + length) {
        break;
      }
      in.skipBytes(LENGTH_BYTES);
      byte[] bytes = new byte[(int) length];
      in.readBytes(bytes);
      inFrame = false;
      if (length > 0) {
        out.add(Bytes.wrap(bytes));
        return; // what handles it may change the limits
      }
    }
    if (in.isReadable() && !inFrame) {
      beganNanos = nanos.getAsLong();
      inFrame = true;
    }
  }

  private void ensureFits(long length, ByteBuf in) {
    IntUnaryOperator ofType = bytesMax;
    long most = ofType == null ? Hello.SIZE_BYTES_MAX : limits.bytesMax(FrameType.EVIDENCE);
    if (length > most) {
      throw new OversizedException(length, 0);
    }
    if (ofType != null
        && length > WireLimits.VOTE_BYTES_MAX
        && in.readableBytes() >= LENGTH_BYTES + PEEK_BYTES) {
      int type = peekType(in, in.readerIndex() + LENGTH_BYTES);
      if (length > ofType.applyAsInt(type)) {
        throw new OversizedException(length, type);
      }
    }
  }

  /** The frame is longer than 55 bytes, so its list header states the length of the length. */
  private static int peekType(ByteBuf in, int start) {
    int header = in.getUnsignedByte(start);
    if (header < 0xf8 || header > 0xfb) {
      return 0; // no list of a length that is allowed
    }
    return in.getUnsignedByte(start + 1 + header - 0xf7);
  }
}
