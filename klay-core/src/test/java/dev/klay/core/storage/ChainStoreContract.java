package dev.klay.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Amount;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every store promises. Stores are opened with the states of the last 20 blocks. */
abstract class ChainStoreContract {
  static final int WINDOW = 20;

  private final List<History.Step> history = History.of(1, 45);

  abstract ChainStore open();

  @Test
  void anEmptyStoreHasNothing() {
    try (ChainStore store = open()) {
      StoreCheck.holds(store, history, 0, 0);
    }
  }

  @Test
  void whatWasAppendedIsFoundByEveryKey() {
    try (ChainStore store = open()) {
      for (int i = 0; i < 10; i++) {
        history.get(i).appendTo(store);
        StoreCheck.holds(store, history, i + 1, 0);
      }
    }
  }

  @Test
  void statesAreKeptInAWindowAndBlocksForEver() {
    try (ChainStore store = open()) {
      history.forEach(step -> step.appendTo(store));
      StoreCheck.holds(store, history, 45, 45 - WINDOW);
    }
  }

  @Test
  void aStateFromElsewhereIsTakenWhole() {
    try (ChainStore store = open()) {
      for (int i = 0; i < 12; i++) {
        store.append(history.get(i).block(), history.get(i).state());
      }
      StoreCheck.holds(store, history, 12, 0);
    }
  }

  @Test
  void onlyTheNextBlockIsTaken() {
    try (ChainStore store = open()) {
      store.append(history.get(0).block(), history.get(0).state());
      for (int wrong : new int[] {0, 2, 7}) {
        History.Step step = history.get(wrong);
        assertThatThrownBy(() -> store.append(step.block(), step.state()))
            .isInstanceOf(IllegalArgumentException.class);
      }
      StoreCheck.holds(store, history, 1, 0);
    }
  }

  @Test
  void theNextStateCanBeMadeOnAStateFromTheStore() {
    try (ChainStore store = open()) {
      WorldState before = history.get(8).state();
      for (int i = 0; i < 9; i++) {
        history.get(i).appendTo(store);
      }
      StateUpdater expected = new StateUpdater(before);
      StateUpdater found = new StateUpdater(store.state(8).orElseThrow());
      History names = new History(1, 40, 6);
      for (int i = 0; i < 40; i++) {
        for (StateUpdater each : List.of(expected, found)) {
          if (i % 4 == 0) {
            each.selfDestruct(names.account(i));
          } else {
            each.addBalance(names.account(i), Amount.peb(i));
          }
        }
      }
      StoreCheck.state(found.build(true), expected.build(true));
    }
  }

  @Test
  void readersSeeABlockWholeOrNotAtAll() {
    try (ChainStore store = open()) {
      CompletableFuture<Integer> reader =
          CompletableFuture.supplyAsync(
              () -> {
                int seen = 0;
                for (long last = -1; last < 44; seen++) {
                  last = store.lastNumber();
                  if (last >= 0) {
                    History.Step step = history.get((int) last);
                    assertThat(store.numberOf(step.block().block().hash())).contains(last);
                    assertThat(store.block(last).orElseThrow().executed())
                        .isEqualTo(step.block().executed());
                  }
                }
                return seen;
              });
      history.forEach(step -> step.appendTo(store));
      assertThat(reader.join()).isPositive();
    }
  }
}
