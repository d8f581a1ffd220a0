package dev.klay.consensus.wal;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;

/** Lasts as long as its node, which is as long as a chain in memory lasts. */
public final class MemoryLedger implements VoteLedger {
  private final Origin origin;
  private final List<LedgerRecord> records = new ArrayList<>();
  private long finalHeight;

  /**
   * An empty ledger.
   *
   * @param origin COMPLETE only for a key that has surely signed nothing on this chain
   */
  public MemoryLedger(Origin origin) {
    this.origin = origin;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public List<LedgerRecord> records() {
    return List.copyOf(records);
  }

  @Override
  public long finalHeight() {
    return finalHeight;
  }

  @Override
  public void append(List<LedgerRecord> added) {
    records.addAll(added);
  }

  /** It ends with its node, so that no other opening can ask. */
  @Override
  public void trust() {}

  @Override
  public void finalised(long height, Hash hash) {
    finalHeight = Math.max(finalHeight, height);
    records.removeIf(record -> record.height() <= height);
  }

  /** Nothing is held but the heap. */
  @Override
  public void close() {}
}
