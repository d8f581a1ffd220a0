package dev.klay.core.state;

import dev.klay.core.account.Storage;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;

/** One storage slot of one account while a block is executed. */
final class Slot {
  private final Journal journal;
  private final Hash key;
  private final UInt256 base;
  private UInt256 current;
  private UInt256 original;
  private int originalIn;
  private int warmIn;
  private boolean everSet;

  Slot(Journal journal, UInt256 number, Storage storage) {
    this.journal = journal;
    key = Storage.keyOf(number);
    base = storage.get(key);
    current = base;
    original = base;
  }

  UInt256 current() {
    return current;
  }

  /** The word at the start of the transaction (EIP-2200). */
  UInt256 original() {
    return originalIn == journal.transaction() ? original : current;
  }

  /** Returns whether this is the first time, reverted times included. */
  boolean set(UInt256 word) {
    if (originalIn != journal.transaction()) {
      original = current;
      originalIn = journal.transaction();
    }
    UInt256 old = current;
    current = word;
    journal.add(() -> current = old);
    boolean first = !everSet;
    everSet = true;
    return first;
  }

  boolean isWarm() {
    return warmIn == journal.transaction();
  }

  void markWarm() {
    int old = warmIn;
    warmIn = journal.transaction();
    journal.add(() -> warmIn = old);
  }

  /** Takes the mark of a slot of the same number. */
  void warmAs(Slot other) {
    warmIn = other.warmIn;
  }

  Storage applyTo(Storage storage) {
    return current.equals(base) ? storage : storage.with(key, current);
  }
}
