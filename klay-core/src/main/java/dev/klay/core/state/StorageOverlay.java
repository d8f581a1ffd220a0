package dev.klay.core.state;

import dev.klay.core.account.Storage;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The slots of one account that the block has used, over its storage at the block's start. */
final class StorageOverlay {
  private final Journal journal;
  private final Storage base;
  private final Map<UInt256, Slot> slots = new HashMap<>();

  /** Slots that were ever set, perhaps reverted since. */
  private final List<Slot> written = new ArrayList<>();

  StorageOverlay(Journal journal, Storage base) {
    this.journal = journal;
    this.base = base;
  }

  Slot slot(UInt256 number) {
    Slot slot = slots.get(number);
    if (slot == null) {
      slot = new Slot(journal, number, base);
      slots.put(number, slot);
    }
    return slot;
  }

  /** Returns whether anything changed. */
  boolean set(UInt256 number, UInt256 word) {
    Slot slot = slot(number);
    if (slot.current().equals(word)) {
      return false;
    }
    if (slot.set(word)) {
      written.add(slot);
    }
    return true;
  }

  /** Nothing stored, but what is warm stays so: an access list may name slots of a new contract. */
  StorageOverlay cleared() {
    StorageOverlay cleared = new StorageOverlay(journal, Storage.EMPTY);
    slots.forEach(
        (number, slot) -> {
          if (slot.isWarm()) {
            cleared.slot(number).warmAs(slot);
          }
        });
    return cleared;
  }

  /** Whether the storage held nothing at the start of the block. */
  boolean isBaseEmpty() {
    return base.isEmpty();
  }

  /** The storage as it is now. */
  Storage build() {
    Storage result = base;
    for (Slot slot : written) {
      result = slot.applyTo(result);
    }
    return result;
  }
}
