package dev.klay.core.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.storage.ChainStore;
import dev.klay.core.storage.History;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.StorageFailedException;
import dev.klay.core.storage.StoreCheck;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A crash at every call that changes the disk: what was appended is there, the block under way is
 * there whole or not at all, and the chain goes on. Segments of 2 KB and an index file with every
 * block bring every kind of file change into a short history.
 */
class CrashTest {
  private static final int WINDOW = 4;
  private static final StoreLimits TIGHT = new StoreLimits(20_000, 2_000, 1);
  private static final int SEEDS = 2;

  private final List<History.Step> history = History.of(11, 13);

  static ChainStore open(FileStore files) {
    return DiskChainStore.open(files, History.CHAIN, Retention.blocks(WINDOW), TIGHT);
  }

  /** Appends until the disk fails; returns the number of blocks that were acknowledged. */
  private int run(FileStore files, int from) {
    int acknowledged = from;
    try (ChainStore store = open(files)) {
      acknowledged = Math.max(from, (int) store.lastNumber() + 1);
      for (int i = (int) store.lastNumber() + 1; i < history.size(); i++) {
        history.get(i).appendTo(store);
        acknowledged = i + 1;
      }
    } catch (StorageFailedException crashed) {
      assertThat(crashed).hasRootCauseInstanceOf(SimulatedFiles.Crash.class);
    }
    return acknowledged;
  }

  private static long callsOf(List<History.Step> history) {
    SimulatedFiles files = new SimulatedFiles();
    try (ChainStore store = open(files)) {
      history.forEach(step -> step.appendTo(store));
      StoreCheck.holds(store, history, history.size(), history.size() - WINDOW);
    }
    return files.calls();
  }

  @Test
  void aCrashAtAnyCallLosesNothingThatWasAppended() {
    long calls = callsOf(history);
    assertThat(calls).isGreaterThan(200);
    for (long call = 1; call <= calls; call++) {
      for (int seed = 0; seed < SEEDS; seed++) {
        SimulatedFiles files = new SimulatedFiles();
        files.crashAt(call);
        int acknowledged = run(files, 0);
        SimulatedFiles found = files.afterCrash(new SplittableRandom(call * SEEDS + seed));
        continues(found, acknowledged, "call " + call + " seed " + seed, seed == 0);
      }
    }
  }

  private void continues(SimulatedFiles files, int acknowledged, String when, boolean toTheEnd) {
    try (ChainStore store = open(files)) {
      int blocks = (int) store.lastNumber() + 1;
      assertThat(blocks).as(when).isBetween(acknowledged, acknowledged + 1);
      if (blocks > 0) {
        StoreCheck.state(store.state(blocks - 1L).orElseThrow(), history.get(blocks - 1).state());
      }
      if (toTheEnd) {
        history.subList(blocks, history.size()).forEach(step -> step.appendTo(store));
        StoreCheck.holds(store, history, history.size(), history.size() - WINDOW);
      }
    }
  }

  @Test
  void crashesDuringRecoveryAndAfterLoseNothingEither() {
    for (int seed = 0; seed < 120; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SimulatedFiles files = new SimulatedFiles();
      int acknowledged = 0;
      for (int crash = 0; crash < 6; crash++) {
        files.crashAt(random.nextInt(1, random.nextBoolean() ? 12 : 150));
        acknowledged = run(files, acknowledged);
        files = files.afterCrash(random);
      }
      continues(files, acknowledged, "seed " + seed, true);
    }
  }

  @Test
  void aFullDiskStopsTheStoreAndLosesNothing() throws Exception {
    long needed = sizeOf(history);
    for (long limit = 6_000; limit < needed; limit += needed / 40) {
      SimulatedFiles files = new SimulatedFiles();
      files.limitBytes(limit);
      int stopped;
      try (ChainStore store = open(files)) {
        stopped = appendUntilFailure(store);
        int blocks = (int) store.lastNumber() + 1;
        assertThat(blocks).isEqualTo(stopped);
        StoreCheck.holds(store, history, blocks, Math.max(0, blocks - WINDOW));
        if (blocks < history.size()) {
          History.Step next = history.get(blocks);
          assertThatThrownBy(() -> store.append(next.block(), next.state()))
              .isInstanceOf(StorageFailedException.class)
              .hasMessageContaining("no more blocks");
        }
      }
      files.limitBytes(Long.MAX_VALUE);
      continues(files, stopped, "limit " + limit, true);
    }
  }

  private int appendUntilFailure(ChainStore store) {
    int appended = (int) store.lastNumber() + 1;
    try {
      for (; appended < history.size(); appended++) {
        history.get(appended).appendTo(store);
      }
    } catch (StorageFailedException full) {
      assertThat(full).hasRootCauseMessage("No space left on device");
    }
    return appended;
  }

  private static long sizeOf(List<History.Step> history) throws Exception {
    SimulatedFiles files = new SimulatedFiles();
    try (ChainStore store = open(files)) {
      history.forEach(step -> step.appendTo(store));
    }
    long size = 0;
    for (String name : files.list()) {
      size += files.size(name);
    }
    return size;
  }

  @Test
  void aFailedSyncIsNotTriedAgain() {
    SimulatedFiles files = new SimulatedFiles();
    try (ChainStore store = open(files)) {
      history.subList(0, 9).forEach(step -> step.appendTo(store));
      files.failNextSync();
      History.Step next = history.get(9);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> store.append(next.block(), next.state()))
            .isInstanceOf(StorageFailedException.class);
      }
      StoreCheck.holds(store, history, 9, 5);
    }
    continues(files.afterCrash(new SplittableRandom(1)), 9, "after a failed sync", true);
  }

  @Test
  void aDiskThatCannotBeReadIsAnErrorNotAnAnswer() {
    SimulatedFiles files = new SimulatedFiles();
    try (ChainStore store =
        DiskChainStore.open(
            files, History.CHAIN, Retention.blocks(WINDOW), new StoreLimits(0, 2_000, 1))) {
      history.forEach(step -> step.appendTo(store));
      files.failReads(true);
      assertThatThrownBy(() -> store.block(3)).isInstanceOf(StorageFailedException.class);
      assertThatThrownBy(() -> store.state(12).orElseThrow().forEach((key, account) -> {}))
          .isInstanceOf(StorageFailedException.class);
      files.failReads(false);
      StoreCheck.holds(store, history, 13, 13 - WINDOW);
    }
  }
}
