package dev.klay.core.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.storage.ChainStore;
import dev.klay.core.storage.CorruptStoreException;
import dev.klay.core.storage.History;
import dev.klay.core.storage.StateNotKeptException;
import dev.klay.core.storage.StorageFailedException;
import dev.klay.core.storage.StoreCheck;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A store whose files were altered while it was closed: right answers or a typed refusal. */
class DamageTest {
  private static final int BLOCKS = 14;

  private final List<History.Step> history = History.of(21, BLOCKS);

  private final SimulatedFiles intact = write();

  /** A copy; after closing nothing is left unsynced that a crash could change. */
  private SimulatedFiles written() {
    return intact.afterCrash(new SplittableRandom(1));
  }

  private SimulatedFiles write() {
    SimulatedFiles files = new SimulatedFiles();
    try (ChainStore store = CrashTest.open(files)) {
      history.forEach(step -> step.appendTo(store));
    }
    return files;
  }

  @Test
  void anyFlippedBitIsRefusedOrHarmless() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    int refused = 0;
    int harmless = 0;
    for (String name : written().list()) {
      for (int i = 0; i < 10; i++) {
        SimulatedFiles files = written();
        files.flipBit(name, random.nextLong(8 * files.size(name)));
        if (answersRightly(files, name)) {
          harmless++;
        } else {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(100);
    assertThat(harmless).isPositive(); // padding, or an index that is made anew
  }

  @Test
  void aFileThatIsShorterOrGoneIsRefusedOrHarmless() throws Exception {
    for (String name : written().list()) {
      for (int part = 0; part < 4; part++) {
        SimulatedFiles files = written();
        try (StoreFile file = files.open(name)) {
          file.truncate(file.size() * part / 4);
        }
        answersRightly(files, name);
      }
      SimulatedFiles files = written();
      files.delete(name);
      answersRightly(files, name);
    }
  }

  @Test
  void aFileOfZerosIsRefusedOrHarmless() throws Exception {
    for (String name : written().list()) {
      SimulatedFiles files = written();
      try (StoreFile file = files.open(name)) {
        file.write(ByteBuffer.allocate((int) file.size()), 0);
      }
      answersRightly(files, name);
    }
  }

  /** Whether the store opened and every answer was right; false if it refused as it should. */
  private boolean answersRightly(SimulatedFiles files, String name) {
    try (ChainStore store = CrashTest.open(files)) {
      StoreCheck.holds(store, history, BLOCKS, BLOCKS - 4);
      return true;
    } catch (CorruptStoreException | StateNotKeptException | StorageFailedException refusal) {
      assertThat(refusal).as(name).hasMessageMatching("(?s).{20,}");
      return false;
    }
  }

  @Test
  void aCheckpointThatCountsWrongIsNone() {
    byte[] none = IndexCheckpoint.NONE.encode();
    for (int runs : new int[] {-1, 1, Integer.MAX_VALUE}) {
      ByteBuffer changed = ByteBuffer.wrap(none.clone()).putInt(28, runs);
      int summed = none.length - Integer.BYTES;
      changed.putInt(summed, Schema.sum(0, changed.array(), 0, summed));
      assertThat(IndexCheckpoint.decode(changed.array())).isEmpty();
    }
    assertThat(IndexCheckpoint.decode(none)).contains(IndexCheckpoint.NONE);
  }

  @Test
  void aDamagedIndexIsMadeAnewOnceItsFilesAreDeleted() throws Exception {
    SimulatedFiles files = written();
    for (String name : files.list()) {
      if (name.startsWith(Schema.RUN)) {
        files.flipBit(name, 77);
      }
    }
    assertThatThrownBy(() -> CrashTest.open(files))
        .isInstanceOf(CorruptStoreException.class)
        .hasMessageContaining("delete INDEX and the files index-*");
    for (String name : files.list()) {
      if (name.startsWith(Schema.RUN) || name.equals(Schema.INDEX)) {
        files.delete(name);
      }
    }
    try (ChainStore store = CrashTest.open(files)) {
      StoreCheck.holds(store, history, BLOCKS, BLOCKS - 4);
    }
  }

  @Test
  void aLastBlockThatWasPromisedIsMissedNotTakenForATornWrite() throws Exception {
    SimulatedFiles files = written();
    String last =
        files.list().stream()
            .filter(name -> name.startsWith(Schema.BLOCKS))
            .reduce((a, b) -> b)
            .orElseThrow();
    for (String name : files.list()) {
      if (name.startsWith(Schema.RUN) || name.equals(Schema.INDEX)) {
        files.delete(name);
      }
    }
    files.flipBit(last, 8 * files.size(last) - 3);
    assertThatThrownBy(() -> CrashTest.open(files))
        .isInstanceOf(CorruptStoreException.class)
        .hasMessageContaining("blocks up to 12 are intact, but up to 13 they had been durable");
  }
}
