package dev.klay.consensus.node;

import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.consensus.transport.Frame;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What peers want of the node's thread, the most urgent first: votes do not wait for transactions
 * while a block is executed ({@code consensus.md} section 14). How much of a peer may wait is
 * limited where it is read. Any thread may add; one thread runs.
 */
final class Inbox {
  /** The first goes first; what is of one kind keeps its order. */
  enum Urgency {
    /** Peers that come and go, so that nothing of theirs is handled before. */
    PEERS,
    /** Proposals and votes of the open height. */
    VOTES,
    ROUND_CHANGES,
    /** Messages of heights that are not open yet. */
    LATER_HEIGHTS,
    /** What nodes know, ask for and answer. */
    SYNC,
    TRANSACTIONS;

    static Urgency of(Frame frame, long openHeight) {
      if (frame instanceof Frame.Vote vote) {
        return of(vote.message(), openHeight);
      }
      return frame instanceof Frame.OfTransactions ? TRANSACTIONS : SYNC;
    }

    private static Urgency of(Message message, long openHeight) {
      if (message.height() > openHeight) {
        return LATER_HEIGHTS;
      }
      return message instanceof RoundChange ? ROUND_CHANGES : VOTES;
    }
  }

  private final Map<Urgency, Queue<Runnable>> lanes = new EnumMap<>(Urgency.class);

  Inbox() {
    for (Urgency urgency : Urgency.values()) {
      lanes.put(urgency, new ConcurrentLinkedQueue<>());
    }
  }

  void add(Urgency urgency, Runnable step) {
    Queue<Runnable> lane = lanes.get(urgency);
    if (lane == null) {
      throw new AssertionError("every urgency has a lane: " + urgency);
    }
    lane.add(step);
  }

  /** Runs the most urgent step, if there is any. */
  void runNext() {
    Runnable step = poll();
    if (step != null) {
      step.run();
    }
  }

  private @Nullable Runnable poll() {
    for (Queue<Runnable> lane : lanes.values()) {
      Runnable step = lane.poll();
      if (step != null) {
        return step;
      }
    }
    return null;
  }
}
