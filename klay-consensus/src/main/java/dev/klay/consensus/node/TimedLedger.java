package dev.klay.consensus.node;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.crypto.primitive.Hash;
import java.util.List;

/** Measures how long votes take to become durable. */
record TimedLedger(VoteLedger ledger, Metrics metrics) implements VoteLedger {
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
    long start = System.nanoTime();
    ledger.append(records);
    metrics.time(Metrics.Span.LEDGER_SYNC, System.nanoTime() - start);
  }

  @Override
  public void trust() {
    ledger.trust();
  }

  @Override
  public void finalised(long height, Hash hash) {
    ledger.finalised(height, hash);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
