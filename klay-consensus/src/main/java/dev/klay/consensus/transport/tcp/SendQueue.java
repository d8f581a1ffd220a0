package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.transport.Frame;
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
      return frame instanceof Frame.OfTransactions ? TRANSACTIONS : CONSENSUS;
    }
  }

  private static final class Lane {
    final Deque<Backlog.Waiting> frames = new ArrayDeque<>();
    final long bytesMax;
    long bytes;

    Lane(long bytesMax) {
      this.bytesMax = bytesMax;
    }
  }

  private final Map<Kind, Lane> lanes = new EnumMap<>(Kind.class);

  private final Backlog backlog;
  private boolean closed;

  /** An empty queue whose frames count in the backlog until they are sent. */
  SendQueue(TcpLimits limits, Backlog backlog) {
    this.backlog = backlog;
    lanes.put(Kind.CONSENSUS, new Lane(limits.controlBytesMax()));
    lanes.put(Kind.BLOCKS, new Lane(limits.blocksBytesMax()));
    lanes.put(Kind.TRANSACTIONS, new Lane(limits.transactionsBytesMax()));
  }

  /** Takes a frame behind those of its kind; false if there is no room for it. */
  synchronized boolean offer(Kind kind, Backlog.Waiting frame) {
    Lane lane = lanes.get(kind);
    if (lane == null) {
      throw new AssertionError("every kind has a lane: " + kind);
    }
    int size = frame.bytes().size();
    if (closed || !lane.frames.isEmpty() && lane.bytes + size > lane.bytesMax) {
      return false;
    }
    lane.frames.add(frame);
    lane.bytes += size;
    backlog.hold(frame);
    return true;
  }

  /** The frame that goes next, which the caller releases from the backlog. */
  synchronized Optional<Backlog.Waiting> poll() {
    for (Lane lane : lanes.values()) {
      Backlog.Waiting frame = lane.frames.poll();
      if (frame != null) {
        lane.bytes -= frame.bytes().size();
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }

  /** Forgets all, and takes nothing any more. */
  synchronized void close() {
    closed = true;
    clear();
  }

  synchronized void clear() {
    for (Lane lane : lanes.values()) {
      lane.frames.forEach(backlog::release);
      lane.frames.clear();
      lane.bytes = 0;
    }
  }

  /** Bytes of all kinds that wait. */
  synchronized long bytes() {
    return lanes.values().stream().mapToLong(lane -> lane.bytes).sum();
  }
}
