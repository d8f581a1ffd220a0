package dev.klay.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.account.Account;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything a store answers, against the history it was given. */
public final class StoreCheck {
  private StoreCheck() {}

  /** Compares a store that holds the first blocks of a history, and its states from one on. */
  public static void holds(ChainStore store, List<History.Step> steps, int blocks, int oldest) {
    assertThat(store.lastNumber()).isEqualTo(blocks - 1L);
    for (int i = 0; i < blocks; i++) {
      block(store, steps.get(i));
      if (i >= oldest) {
        state(store.state(i).orElseThrow(), steps.get(i).state());
      } else {
        assertThat(store.state(i)).isEmpty();
      }
    }
    assertThat(store.block(blocks)).isEmpty();
    assertThat(store.state(blocks)).isEmpty();
    if (blocks < steps.size()) {
      StoredBlock next = steps.get(blocks).block();
      assertThat(store.numberOf(next.block().hash())).isEmpty();
      next.executed().forEach(e -> assertThat(store.transaction(e.transaction().hash())).isEmpty());
    }
    accounts(store, steps.subList(0, blocks));
    assertThat(store.ballots())
        .isEqualTo(
            steps.subList(0, blocks).stream()
                .map(step -> step.block().block().header())
                .filter(header -> !header.vote().isEmpty())
                .map(header -> header.number())
                .toList());
  }

  private static void block(ChainStore store, History.Step step) {
    StoredBlock expected = step.block();
    long number = expected.block().number();
    StoredBlock found = store.block(number).orElseThrow();
    assertThat(found.block().encode()).isEqualTo(expected.block().encode());
    assertThat(found.supply()).isEqualTo(expected.supply());
    assertThat(found.executed()).isEqualTo(expected.executed());
    assertThat(store.numberOf(expected.block().hash())).contains(number);
    for (int i = 0; i < expected.executed().size(); i++) {
      SignedTx tx = expected.executed().get(i).transaction();
      assertThat(store.transaction(tx.hash())).contains(new TxLocation(number, i));
      assertThat(store.senderTransaction(tx.senderTxHash())).contains(new TxLocation(number, i));
    }
  }

  /** Equal by root, and by every account, word and code that is read. */
  public static void state(WorldState found, WorldState expected) {
    assertThat(found.rootHash()).isEqualTo(expected.rootHash());
    assertThat(content(found)).isEqualTo(content(expected));
  }

  private static Map<Bytes, List<Object>> content(WorldState state) {
    Map<Bytes, List<Object>> content = new TreeMap<>();
    state.forEach((key, account) -> content.put(key, describe(account)));
    return content;
  }

  private static List<Object> describe(Account account) {
    Map<Bytes, UInt256> words = new TreeMap<>();
    account.storage().forEach(words::put);
    return List.of(account.leaf(), words, account.code().bytes());
  }

  private static void accounts(ChainStore store, List<History.Step> steps) {
    Map<Address, List<TxLocation>> expected = new TreeMap<>();
    for (History.Step step : steps) {
      List<TxOutcome.Executed> executed = step.block().executed();
      for (int i = 0; i < executed.size(); i++) {
        TxLocation place = new TxLocation(step.block().block().number(), i);
        SignedTx tx = executed.get(i).transaction();
        List<Address> involved = new ArrayList<>(List.of(tx.sender()));
        tx.tx().to().ifPresent(involved::add);
        executed.get(i).contract().ifPresent(involved::add);
        tx.feePayer().ifPresent(involved::add);
        involved.stream()
            .distinct()
            .forEach(a -> expected.computeIfAbsent(a, x -> new ArrayList<>()).add(0, place));
      }
    }
    expected.forEach(
        (account, places) -> {
          assertThat(store.transactionsOf(account, Optional.empty(), 1000)).isEqualTo(places);
          TxLocation middle = places.get(places.size() / 2);
          List<TxLocation> older = places.subList(places.size() / 2 + 1, places.size());
          assertThat(store.transactionsOf(account, Optional.of(middle), 2))
              .isEqualTo(older.subList(0, Math.min(2, older.size())));
        });
    assertThat(store.transactionsOf(Address.ZERO, Optional.empty(), 10)).isEmpty();
  }
}
