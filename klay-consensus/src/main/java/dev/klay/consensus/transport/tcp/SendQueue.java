package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.transport.Frame;
import dev.klay.crypto.primitive.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What waits to be sent to one peer: consensus first, then blocks that were asked for, then
 * transactions. Each kind has room of its own; what does not fit is not taken. Any thread may call.
 */
final class SendQueue {
  enum Kind {
    CONSENSUS,
    BLOCKS,
    TRANSACTIONS;

    static Kind of(Frame frame) {
      if (frame instanceof Frame.FinalBlocks) {
        return BLOCKS;
      }
      return frame instanceof Frame.Transactions ? TRANSACTIONS : CONSENSUS;
    }
  }

  private static final class Lane {
    final Deque<Bytes> frames = new ArrayDeque<>();
    final long bytesMax;
    long bytes;

    Lane(long bytesMax) {
      this.bytesMax = bytesMax;
    }
  }

  private final Map<Kind, Lane> lanes = new EnumMap<>(Kind.class);

  SendQueue(TcpLimits limits) {
    lanes.put(Kind.CONSENSUS, new Lane(limits.controlBytesMax()));
    lanes.put(Kind.BLOCKS, new Lane(limits.blocksBytesMax()));
    lanes.put(Kind.TRANSACTIONS, new Lane(limits.transactionsBytesMax()));
  }

  /** Takes a frame behind those of its kind; false if there is no room for it. */
  synchronized boolean offer(Kind kind, Bytes frame) {
    Lane lane = lanes.get(kind);
    if (lane == null) {
      throw new AssertionError("every kind has a lane: " + kind);
    }
    if (!lane.frames.isEmpty() && lane.bytes + frame.size() > lane.bytesMax) {
      return false;
    }
    lane.frames.add(frame);
    lane.bytes += frame.size();
    return true;
  }

  /** The frame that goes next. */
  synchronized Optional<Bytes> poll() {
    for (Lane lane : lanes.values()) {
      Bytes frame = lane.frames.poll();
      if (frame != null) {
        lane.bytes -= frame.size();
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }

  synchronized void clear() {
    for (Lane lane : lanes.values()) {
      lane.frames.clear();
      lane.bytes = 0;
    }
  }
}
