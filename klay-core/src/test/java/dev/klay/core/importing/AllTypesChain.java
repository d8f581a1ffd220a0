package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.block.Block;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxType;
import dev.klay.crypto.primitive.Amount;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A chain of our own that has executed every type there is, several transactions a block. */
final class AllTypesChain {
  private static final int ATTEMPTS = 40;
  private static final int ACTORS = 40;

  final TestChain test;
  private final RandomTxs txs;

  AllTypesChain(long seed) {
    txs = new RandomTxs(1000, new SplittableRandom(seed), ACTORS);
    test = new TestChain(AllTypesPropertiesTest.spec(txs, Amount.klay("9.6")));
    Set<TxType> missing = EnumSet.allOf(TxType.class);
    for (int i = 0; !missing.isEmpty(); i++) {
      assertThat(i).as("blocks without " + missing).isLessThan(ATTEMPTS);
      test.grow(nextTransactions().toArray(SignedTx[]::new)).transactions().stream()
          .map(SignedTx::type)
          .forEach(missing::remove);
      List<TxOutcome.Executed> executed =
          test.chain.store().block(test.chain.head().number()).orElseThrow().executed();
      executed.forEach(each -> each.contract().ifPresent(txs::know));
    }
  }

  /** Of every kind with every delegation; what does not fit behind the others is left out. */
  List<SignedTx> nextTransactions() {
    List<SignedTx> all = new ArrayList<>();
    for (int kind = 0; kind < RandomTxs.KINDS; kind++) {
      for (int delegation = 0; delegation < 3; delegation++) {
        all.add(txs.next(test.chain.head().state(), kind, delegation));
      }
    }
    return all;
  }

  /** A sealed block on the head with several transactions, not imported. */
  Block next() {
    Block block = test.next(nextTransactions().toArray(SignedTx[]::new));
    assertThat(block.transactions().size()).isGreaterThan(2);
    return block;
  }
}
