package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;

/** The production ledger, and beside it a list of what it holds, for the checker. */
final class WatchedLedger implements VoteLedger {
  private final VoteLedger ledger;
  private final List<LedgerRecord> held = new ArrayList<>();

  WatchedLedger(VoteLedger ledger) {
    this.ledger = ledger;
    this.held.addAll(ledger.records());
  }

  /** Whether the message was made durable in this life or one before. */
  boolean holds(Message message) {
    for (int i = held.size() - 1; i >= 0; i--) {
      if (held.get(i) instanceof LedgerRecord.Signed signed
          && signed.message().signature().equals(message.signature())) {
        return true;
      }
    }
    return false;
  }

  /** Whether something of the height is in it, and of what kind. */
  List<LedgerRecord> held() {
    return held;
  }

  @Override
  public Origin origin() {
    return ledger.origin();
  }

  @Override
  public List<LedgerRecord> records() {
    return ledger.records();
  }

  @Override
  public long finalHeight() {
    return ledger.finalHeight();
  }

  @Override
  public void append(List<LedgerRecord> records) {
    ledger.append(records);
    held.addAll(records);
  }

  @Override
  public void trust() {
    ledger.trust();
  }

  @Override
  public void finalised(long height, Hash hash) {
    ledger.finalised(height, hash);
    held.removeIf(record -> record.height() <= height);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
