package dev.klay.core.service;

import dev.klay.core.block.Log;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.SignedTx;
import java.util.ArrayList;
import java.util.List;

/** Finds logs on a chain, block after block; blooms tell which blocks need not be looked at. */
final class LogQuery {
  private final ChainReads reads;
  private final LogFilter filter;

  LogQuery(ChainReads reads, LogFilter filter) {
    this.reads = reads;
    this.filter = filter;
  }

  List<LogView> run() {
    if (filter.block().isPresent()) {
      return limited(ofBlock(reads.required(BlockRef.hash(filter.block().orElseThrow())), filter));
    }
    long first = number(filter.from());
    long last = Math.min(number(filter.to()), reads.head().number());
    if (last - first >= LogFilter.BLOCKS_MAX) {
      throw LogQueryTooWideException.ofBlocks(last - first + 1);
    }
    List<LogView> found = new ArrayList<>();
    for (long number = first; number <= last; number++) {
      found.addAll(ofBlock(reads.required(BlockRef.number(number)), filter));
      limited(found);
    }
    return found;
  }

  /** A range may lie behind the head, as pollers ask. */
  private long number(BlockRef ref) {
    return ref instanceof BlockRef.Number number
        ? number.number()
        : reads.required(ref).block().number();
  }

  private static List<LogView> limited(List<LogView> found) {
    if (found.size() > LogFilter.RESULTS_MAX) {
      throw LogQueryTooWideException.ofResults();
    }
    return found;
  }

  static List<LogView> ofBlock(StoredBlock stored, LogFilter filter) {
    List<LogView> found = new ArrayList<>();
    if (!filter.mayMatch(stored.block())) {
      return found;
    }
    int index = 0;
    for (int i = 0; i < stored.executed().size(); i++) {
      SignedTx tx = stored.executed().get(i).transaction();
      for (Log log : stored.executed().get(i).receipt().logs()) {
        if (filter.matches(log)) {
          found.add(
              new LogView(
                  log, stored.block().number(), stored.block().hash(), tx.hash(), i, index));
        }
        index++;
      }
    }
    return found;
  }
}
