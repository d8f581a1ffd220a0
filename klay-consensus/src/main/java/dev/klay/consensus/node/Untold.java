package dev.klay.consensus.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What peers have not been told of yet. While there is nobody to tell only the last are kept, since
 * a node may stay alone for ever. Safe for any thread.
 */
final class Untold<T> {
  private final int aloneMax;
  private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  /**
   * Nothing to tell.
   *
   * @param aloneMax so many are kept while there is nobody to tell
   */
  Untold(int aloneMax) {
    this.aloneMax = aloneMax;
  }

  void add(T news, boolean alone) {
    queue.add(news);
    boolean tooMany = size.incrementAndGet() > aloneMax;
    if (alone && tooMany) {
      poll();
    }
  }

  private @Nullable T poll() {
    T next = queue.poll();
    if (next != null) {
      size.decrementAndGet();
    }
    return next;
  }

  /** Takes all, the oldest first. */
  List<T> drain() {
    List<T> all = new ArrayList<>();
    for (T next = poll(); next != null; next = poll()) {
      all.add(next);
    }
    return all;
  }
}
