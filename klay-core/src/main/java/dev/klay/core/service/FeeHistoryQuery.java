package dev.klay.core.service;

import dev.klay.core.execution.TxOutcome;
import dev.klay.core.storage.StoredBlock;
import dev.klay.crypto.primitive.Amount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Gathers what gas cost. */
final class FeeHistoryQuery {
  private final ChainReads reads;
  private final List<Double> percentiles;

  FeeHistoryQuery(ChainReads reads, List<Double> percentiles) {
    this.reads = reads;
    this.percentiles = percentiles;
  }

  FeeHistory run(int count, BlockRef newest) {
    long last = reads.required(newest).block().number();
    int blocks = (int) Math.min(Math.min(count, FeeHistory.BLOCKS_MAX), last + 1);
    long oldest = last - blocks + 1;
    List<Amount> baseFees = new ArrayList<>();
    List<Long> gasUsed = new ArrayList<>();
    List<List<Amount>> rewards = new ArrayList<>();
    for (long number = oldest; number <= last; number++) {
      StoredBlock stored = reads.required(BlockRef.number(number));
      baseFees.add(stored.block().header().baseFee().orElse(Amount.ZERO));
      gasUsed.add(stored.block().header().gasUsed());
      if (!percentiles.isEmpty()) {
        rewards.add(rewards(stored));
      }
    }
    baseFees.add(baseFeeBehind(last));
    return new FeeHistory(oldest, baseFees, gasUsed, rewards);
  }

  private Amount baseFeeBehind(long last) {
    return reads
        .block(BlockRef.number(last + 1))
        .map(next -> next.block().header().baseFee().orElse(Amount.ZERO))
        .orElseGet(() -> reads.chain().nextBaseFee(reads.head()));
  }

  private List<Amount> rewards(StoredBlock stored) {
    if (stored.executed().isEmpty()) {
      return Collections.nCopies(percentiles.size(), Amount.ZERO);
    }
    List<TxOutcome.Executed> byPrice = new ArrayList<>(stored.executed());
    byPrice.sort(Comparator.comparing(TxOutcome.Executed::gasPrice));
    List<Amount> rewards = new ArrayList<>();
    int index = 0;
    long passed = byPrice.get(0).receipt().gasUsed();
    for (double percentile : percentiles) {
      double threshold = stored.block().header().gasUsed() * percentile / 100;
      while (passed < threshold && index < byPrice.size() - 1) {
        index++;
        passed += byPrice.get(index).receipt().gasUsed();
      }
      rewards.add(byPrice.get(index).gasPrice());
    }
    return rewards;
  }
}
