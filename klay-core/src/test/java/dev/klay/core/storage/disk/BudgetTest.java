package dev.klay.core.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.ChainStore;
import dev.klay.core.storage.DirectoryStorage;
import dev.klay.core.storage.History;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store says it takes: heap, and reads to open. */
class BudgetTest {
  private static final int ACCOUNTS = 60_000;
  private static final long BUDGET = 8L << 20;

  @TempDir private Path directory = Path.of("");

  @Test
  void cachedNodesStayWithinTheBudgetWhichIsAboveTheirHeap() {
    DirectoryStorage storage = Storage.directory(directory, Retention.blocks(2)).withMemory(BUDGET);
    fill(storage);
    try (DiskChainStore store = storage.open(History.CHAIN)) {
      long before = usedHeap();
      WorldState state = store.state(store.lastNumber()).orElseThrow();
      for (int i = 0; i < ACCOUNTS; i++) {
        assertThat(state.balance(address(i))).isEqualTo(Amount.peb(i + 1L));
        assertThat(store.cachedBytes()).isLessThanOrEqualTo(BUDGET);
      }
      assertThat(store.cachedBytes()).isGreaterThan(BUDGET / 2);
      assertThat(usedHeap() - before).isLessThan(BUDGET);
    }
  }

  private static void fill(DirectoryStorage storage) {
    History history = new History(41, 1, 0);
    try (ChainStore store = storage.open(History.CHAIN)) {
      int blocks = 6;
      for (int block = 0; block < blocks; block++) {
        int first = block;
        Consumer<StateUpdater> change =
            updater -> {
              for (int i = first; i < ACCOUNTS; i += blocks) {
                updater.addBalance(address(i), Amount.peb(i + 1L));
              }
            };
        history.next(0, List.of(change)).appendTo(store);
      }
    }
  }

  private static Address address(int number) {
    return Address.of(ByteBuffer.allocate(Address.SIZE).putInt(number).array());
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void openingReadsNoMoreOfALongChainThanOfAShortOne() {
    long afterShort = readToOpen(300, true);
    long afterLong = readToOpen(3000, true);
    assertThat(afterLong).isLessThan(2 * afterShort);
    assertThat(readToOpen(3000, false)).isLessThan(200_000);
  }

  private static long readToOpen(int blocks, boolean closedWell) {
    StoreLimits limits = new StoreLimits(1 << 20, 1 << 16, 100);
    History history = new History(42, 50, 4);
    SimulatedFiles files = new SimulatedFiles();
    ChainStore store = DiskChainStore.open(files, History.CHAIN, Retention.blocks(10), limits);
    for (int i = 0; i < blocks; i++) {
      History.Step step = history.next(0);
      step.appendTo(store);
    }
    if (closedWell) {
      store.close();
    }
    long before = files.bytesRead();
    try (ChainStore again =
        DiskChainStore.open(files, History.CHAIN, Retention.blocks(10), limits)) {
      assertThat(again.lastNumber()).isEqualTo(blocks - 1L);
      assertThat(again.state(blocks - 1L)).isPresent();
    }
    return files.bytesRead() - before;
  }
}
