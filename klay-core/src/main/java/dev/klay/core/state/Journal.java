package dev.klay.core.state;

import java.util.ArrayList;
import java.util.List;

/**
 * What must be undone to go back within the running transaction, newest last. Entries are code that
 * undoes itself; each runs at most once, in reverse order.
 *
 * <p>Also numbers the transactions: marks that hold for one transaction (warm, touched, original
 * value) are stored as its number, so that nothing has to be cleared when the next one starts.
 */
final class Journal {
  private final List<Runnable> undos = new ArrayList<>();
  private int transaction = 1;

  int transaction() {
    return transaction;
  }

  void add(Runnable undo) {
    undos.add(undo);
  }

  int size() {
    return undos.size();
  }

  void revert(int size) {
    if (size < 0 || size > undos.size()) {
      throw new IllegalArgumentException(
          "no snapshot of this transaction: " + size + ", it is at " + undos.size());
    }
    for (int i = undos.size() - 1; i >= size; i--) {
      undos.remove(i).run();
    }
  }

  void endTransaction() {
    undos.clear();
    transaction++;
  }
}
