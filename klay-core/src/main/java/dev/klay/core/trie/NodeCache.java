package dev.klay.core.trie;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps loaded nodes, at most so many bytes of them, and lets go of those that were not used for
 * longest (second chance, Corbató 1968: who was used since the hand last passed stays one more
 * round). A hit takes no lock and no lookup, because the node hangs on its parent.
 */
public final class NodeCache {
  private final long budgetBytes;

  /** Guarded by this, as is the sum. */
  private final Deque<StoredNode<?>> ring = new ArrayDeque<>();

  private long usedBytes;

  /**
   * A cache for the tries of one or more stores.
   *
   * @param budgetBytes heap that nodes may take, by an estimate that is above what they do take
   */
  public NodeCache(long budgetBytes) {
    this.budgetBytes = budgetBytes;
  }

  public synchronized long usedBytes() {
    return usedBytes;
  }

  /** Keeps the node, unless another thread was faster; returns the one that is kept. */
  synchronized <V> Node<V> admit(StoredNode<V> place, Node<V> node, int weight) {
    Node<V> known = place.loadedNow();
    if (known != null) {
      return known;
    }
    place.keep(node, weight);
    ring.addLast(place);
    usedBytes += weight;
    makeRoom();
    return node;
  }

  private void makeRoom() {
    int chances = ring.size();
    while (usedBytes > budgetBytes) {
      StoredNode<?> oldest = ring.removeFirst();
      if (chances-- > 0 && oldest.testUse()) {
        ring.addLast(oldest);
      } else {
        usedBytes -= oldest.release();
      }
    }
  }
}
