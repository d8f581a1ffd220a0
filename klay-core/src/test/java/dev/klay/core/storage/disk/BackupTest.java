package dev.klay.core.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.storage.ChainStore;
import dev.klay.core.storage.CorruptStoreException;
import dev.klay.core.storage.History;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.StoreCheck;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackupTest {
  private static final StoreLimits SMALL = new StoreLimits(100_000, 4_000, 5);

  private final List<History.Step> history = History.of(51, 120);

  private static DiskChainStore open(FileStore files) {
    return DiskChainStore.open(files, History.CHAIN, Retention.blocks(8), SMALL);
  }

  private void append(ChainStore store, int from, int to) {
    history.subList(from, to).forEach(step -> step.appendTo(store));
  }

  @Test
  void aRestoredStoreIsTheOneThatWasSavedAndGoesOn() throws IOException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    try (DiskChainStore store = open(new SimulatedFiles())) {
      append(store, 0, 33);
      store.backup(saved);
      append(store, 33, 60);
    }
    SimulatedFiles files = new SimulatedFiles();
    Backup.restore(new ByteArrayInputStream(saved.toByteArray()), files);
    try (ChainStore store = open(files.afterCrash(new SplittableRandom(3)))) {
      StoreCheck.holds(store, history, 33, 25);
      append(store, 33, 120);
      StoreCheck.holds(store, history, 120, 112);
    }
  }

  @Test
  void aBackupWhileBlocksAreAppendedAndOldStatesGoIsOfOneMoment() throws IOException {
    try (DiskChainStore store = open(new SimulatedFiles())) {
      append(store, 0, 40);
      int[] next = {40};
      ByteArrayOutputStream saved =
          new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
              super.write(bytes, from, length);
              if (next[0] < 100) {
                append(store, next[0], ++next[0]);
              }
            }
          };
      store.backup(saved);
      assertThat(next[0]).isEqualTo(100);
      SimulatedFiles files = new SimulatedFiles();
      Backup.restore(new ByteArrayInputStream(saved.toByteArray()), files);
      try (ChainStore restored = open(files)) {
        StoreCheck.holds(restored, history, 40, 32);
      }
      append(store, 100, 120);
      StoreCheck.holds(store, history, 120, 112);
    }
  }

  @Test
  void aDamagedOrShortBackupLeavesTheDirectoryEmpty() throws IOException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    try (DiskChainStore store = open(new SimulatedFiles())) {
      append(store, 0, 6);
      store.backup(saved);
    }
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = saved.toByteArray();
      if (i % 2 == 0) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      ByteArrayInputStream damaged = new ByteArrayInputStream(bytes);
      SimulatedFiles files = new SimulatedFiles();
      assertThatThrownBy(() -> Backup.restore(damaged, files))
          .isInstanceOf(CorruptStoreException.class);
      assertThat(files.list()).isEmpty();
    }
  }

  @Test
  void aBackupIsNotRestoredOverAStore() throws IOException {
    SimulatedFiles files = new SimulatedFiles();
    open(files).close();
    assertThatThrownBy(() -> Backup.restore(new ByteArrayInputStream(new byte[0]), files))
        .isInstanceOf(IllegalStateException.class);
    open(files).close();
  }

  @Test
  void anUnfinishedRestoreIsNoStore() throws IOException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    try (DiskChainStore store = open(new SimulatedFiles())) {
      append(store, 0, 6);
      store.backup(saved);
    }
    SimulatedFiles files = new SimulatedFiles();
    Backup.restore(new ByteArrayInputStream(saved.toByteArray()), files);
    long calls = files.calls();
    for (long call = 1; call <= calls; call++) {
      SimulatedFiles crashing = new SimulatedFiles();
      crashing.crashAt(call);
      assertThatThrownBy(
              () -> Backup.restore(new ByteArrayInputStream(saved.toByteArray()), crashing))
          .isInstanceOf(SimulatedFiles.Crash.class);
      try (ChainStore store = open(crashing.afterCrash(new SplittableRandom(call)))) {
        assertThat(store.lastNumber()).isIn(-1L, 5L);
      } catch (CorruptStoreException refused) {
        assertThat(refused).hasMessageContaining("no MANIFEST");
      }
    }
  }
}
