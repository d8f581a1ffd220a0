package dev.klay.consensus.node;

import dev.klay.consensus.bft.LedgerRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node signed and must not contradict. This one lasts as long as its node, which is as long
 * as an in-memory chain lasts.
 */
final class VoteLedger {
  private final List<LedgerRecord> records = new ArrayList<>();

  void append(LedgerRecord record) {
    records.add(record);
  }

  /** Forgets heights that are final. */
  void prune(long finalHeight) {
    records.removeIf(record -> record.height() <= finalHeight);
  }

  List<LedgerRecord> records() {
    return List.copyOf(records);
  }
}
