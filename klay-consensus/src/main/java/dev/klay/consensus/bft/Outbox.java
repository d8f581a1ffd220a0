package dev.klay.consensus.bft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The effects of one step, and the node's own messages, which it handles like anybody's. */
final class Outbox {
  private final List<Effect> effects = new ArrayList<>();
  private final ArrayDeque<Message> loopback = new ArrayDeque<>();

  void add(Effect effect) {
    effects.add(effect);
  }

  void toSelf(Message message) {
    loopback.add(message);
  }

  ArrayDeque<Message> loopback() {
    return loopback;
  }

  /** The effects so far, in order; the outbox is empty behind this. */
  List<Effect> take() {
    List<Effect> taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }
}
