package dev.klay.consensus.transport;

import dev.klay.consensus.NodeRole;
import dev.klay.crypto.primitive.Address;

/**
 * A node's way to its peers. An implementation must never block or throw in {@link #send}: a frame
 * that is lost does no harm, the protocol repeats what matters.
 */
public interface Transport extends AutoCloseable {
  /** Receives what peers send. Its methods return at once and may be called by any thread. */
  interface Receiver {
    void peerUp(Address peer, NodeRole role);

    void peerDown(Address peer);

    void received(Address from, Frame frame);

    /**
     * The same, for a transport that must know when a frame no longer takes memory.
     *
     * @param handled is run once the frame was handled; by any thread, and not if the node ends
     */
    default void received(Address from, Frame frame, Runnable handled) {
      received(from, frame);
      handled.run();
    }
  }

  /** Joins the network under an identity; the receiver hears of peers from now on. */
  void start(Address self, NodeRole role, Receiver receiver);

  void send(Address to, Frame frame);

  /**
   * Whether the peer is told of transactions by their hashes, and asks for those that it lacks.
   * Otherwise it is sent all of them: bytes cost nothing there, or it knows no better.
   */
  default boolean takesHashes(Address peer) {
    return false;
  }

  /** Whether peers may come later though none is there now. */
  default boolean reachesOut() {
    return false;
  }

  /** Leaves the network. */
  @Override
  void close();
}
