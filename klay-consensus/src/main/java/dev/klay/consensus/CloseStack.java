package dev.klay.consensus;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What was opened so far, to be closed in reverse order: all of it, whatever fails meanwhile. Used
 * while a node starts, when anything behind may fail, and when it ends.
 */
final class CloseStack implements AutoCloseable {
  /** Something that closes without a checked exception. */
  interface Part extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Part> parts = new ArrayDeque<>();

  synchronized void add(Part part) {
    parts.push(part);
  }

  /**
   * Closes everything, once.
   *
   * @throws RuntimeException the first failure, with the others suppressed
   */
  @Override
  public void close() {
    RuntimeException first = null;
    for (Part part = next(); part != null; part = next()) {
      try {
        part.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private synchronized @Nullable Part next() {
    return parts.poll();
  }
}
