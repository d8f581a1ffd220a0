package dev.klay.core.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every store, and that contents are values. */
class ForkableChainStoreTest extends ChainStoreContract {
  @Override
  ChainStore open() {
    return new ForkableChainStore(ChainContent.empty(), WINDOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anyContentIsGoneBackToInAnyOrder(int seed) {
    List<History.Step> history = History.of(1, 45);
    ForkableChainStore store = new ForkableChainStore(ChainContent.empty(), WINDOW);
    List<ChainContent> contents = new ArrayList<>();
    for (History.Step step : history) {
      contents.add(store.content());
      step.appendTo(store);
    }
    Random random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      int length = random.nextInt(history.size());
      store.restore(contents.get(length));
      StoreCheck.holds(store, history, length, Math.max(0, length - WINDOW));
      history.get(length).appendTo(store);
      StoreCheck.holds(store, history, length + 1, Math.max(0, length + 1 - WINDOW));
    }
  }

  @Test
  void anotherStoreGoesOnFromAContentWithoutChangingTheFirst() {
    List<History.Step> history = History.of(1, 45);
    ForkableChainStore first = new ForkableChainStore(ChainContent.empty(), WINDOW);
    for (int i = 0; i < 10; i++) {
      history.get(i).appendTo(first);
    }
    ForkableChainStore second = new ForkableChainStore(first.content(), WINDOW);
    for (int i = 10; i < 20; i++) {
      history.get(i).appendTo(second);
    }
    StoreCheck.holds(first, history, 10, 0);
    StoreCheck.holds(second, history, 20, 0);
  }
}
