package dev.klay.core.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.block.Header;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.ChainStore;
import dev.klay.core.storage.History;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.StateNotKeptException;
import dev.klay.core.storage.StoreCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final StoreLimits SMALL = new StoreLimits(100_000, 16_000, 50);

  private static DiskChainStore open(FileStore files, Retention retention) {
    return DiskChainStore.open(files, History.CHAIN, retention, SMALL);
  }

  @Test
  void aLongChainTakesTheRoomOfItsStateAndWindowNotOfItsLength() {
    History history = new History(31, 300, 8);
    SimulatedFiles files = new SimulatedFiles();
    List<History.Step> steps = new ArrayList<>();
    long early = 0;
    long most = 0;
    try (DiskChainStore store = open(files, Retention.blocks(10))) {
      for (int i = 0; i < 3000; i++) {
        History.Step step = history.next(0);
        steps.add(step);
        step.appendTo(store);
        if (i == 600) {
          early = store.stateFileBytes();
        }
        most = Math.max(most, i < 600 ? 0 : store.stateFileBytes());
      }
      assertThat(most).isLessThan(3 * early);
      for (int i = 2990; i < 3000; i++) {
        StoreCheck.state(store.state(i).orElseThrow(), steps.get(i).state());
      }
      assertThat(store.state(2989)).isEmpty();
      assertThat(store.block(5).orElseThrow().block()).isEqualTo(steps.get(5).block().block());
    }
    try (ChainStore store = open(files, Retention.blocks(10))) {
      StoreCheck.state(store.state(2999).orElseThrow(), steps.get(2999).state());
    }
  }

  @Test
  void anArchiveKeepsEveryState() {
    List<History.Step> history = History.of(32, 120);
    SimulatedFiles files = new SimulatedFiles();
    try (ChainStore store = open(files, Retention.archive())) {
      history.forEach(step -> step.appendTo(store));
      StoreCheck.holds(store, history, 120, 0);
    }
    try (ChainStore store = open(files, Retention.archive())) {
      StoreCheck.holds(store, history, 120, 0);
    }
  }

  @Test
  void aWindowOfDaysFollowsTheTimestampsOfBlocks() throws Exception {
    // The made-up blocks are a second apart: a window of one day holds 86,401 of them.
    Window window = new Window(Retention.days(1), 1000, number -> number * 1000);
    BlockMeta meta = null;
    for (long number : new long[] {0, 86_399, 86_400, 86_401, 86_402, 90_000, 90_001}) {
      History.Step step = History.of(1, 1).get(0);
      Header header = header(step.block().block().header(), number);
      meta = window.meta(header, 0, 0, Optional.empty(), Optional.ofNullable(meta), 0);
      long due = Math.max(0, number - 86_400);
      long reached = number == 90_000 ? 2 + 4 : number == 90_001 ? 2 + 8 : due;
      assertThat(meta.oldestState()).isEqualTo(reached);
    }
  }

  private static Header header(Header like, long number) {
    return new Header(
        like.parentHash(),
        like.rewardBase(),
        like.stateRoot(),
        like.transactionsRoot(),
        like.receiptsRoot(),
        like.bloom(),
        like.blockScore(),
        number,
        0,
        number,
        0,
        like.extra(),
        like.governance(),
        like.vote(),
        like.baseFee(),
        like.randomReveal(),
        like.mixHash());
  }

  @Test
  void aStateThatLeavesTheWindowWhileItIsReadIsAnErrorNotAnAnswer() {
    History history = new History(33, 300, 8);
    SimulatedFiles files = new SimulatedFiles();
    try (DiskChainStore store =
        DiskChainStore.open(
            files, History.CHAIN, Retention.blocks(2), new StoreLimits(0, 4_000, 50))) {
      WorldState held = WorldState.EMPTY;
      for (int i = 0; i < 600; i++) {
        History.Step step = history.next(0);
        step.appendTo(store);
        if (i == 100) {
          held = store.state(100).orElseThrow();
        }
      }
      WorldState old = held;
      assertThatThrownBy(() -> old.forEach((key, account) -> {}))
          .isInstanceOf(StateNotKeptException.class);
    }
  }

  @Test
  void theWindowCanBeChangedBetweenOpenings() {
    List<History.Step> history = History.of(34, 60);
    SimulatedFiles files = new SimulatedFiles();
    try (ChainStore store = open(files, Retention.blocks(30))) {
      history.subList(0, 40).forEach(step -> step.appendTo(store));
      StoreCheck.holds(store, history, 40, 10);
    }
    try (ChainStore store = open(files, Retention.blocks(5))) {
      history.subList(40, 50).forEach(step -> step.appendTo(store));
      StoreCheck.holds(store, history, 50, 45);
    }
    try (ChainStore store = open(files, Retention.archive())) {
      history.subList(50, 60).forEach(step -> step.appendTo(store));
      StoreCheck.holds(store, history, 60, 45);
    }
  }
}
