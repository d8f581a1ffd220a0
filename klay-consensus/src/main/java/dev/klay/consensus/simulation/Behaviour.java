package dev.klay.consensus.simulation;

import dev.klay.consensus.transport.Frame;
import java.util.List;

/** How a lying validator changes what it sends; behind it runs an honest node. For one node. */
interface Behaviour {
  /**
   * A frame on its way.
   *
   * @param delayMillis added to what the network takes
   */
  record Delivery(Frame frame, long delayMillis) {
    static List<Delivery> now(Frame frame) {
      return List.of(new Delivery(frame, 0));
    }
  }

  /** What a receiver gets in place of a frame: nothing, the same, others, several. */
  List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame);

  /** Told of every frame that comes in, before the honest node sees it. */
  default void received(SimulatedNode liar, SimulatedNode from, Frame frame) {}
}
