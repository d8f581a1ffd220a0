package dev.klay.consensus;

import java.util.function.Supplier;

/** A place in a network and the node that is on it, or was. */
final class Seat {
  private final Supplier<KlayNode> again;
  private volatile KlayNode node;

  /**
   * A place that is taken.
   *
   * @param again starts a node of the same key on what the first one kept
   */
  Seat(KlayNode node, Supplier<KlayNode> again) {
    this.node = node;
    this.again = again;
  }

  KlayNode node() {
    return node;
  }

  KlayNode restart() {
    node = again.get();
    return node;
  }
}
