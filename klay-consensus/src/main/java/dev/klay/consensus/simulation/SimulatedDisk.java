package dev.klay.consensus.simulation;

import dev.klay.consensus.wal.Incarnation;
import dev.klay.core.storage.disk.FileStore;
import dev.klay.core.storage.disk.ForwardingFile;
import dev.klay.core.storage.disk.ForwardingStore;
import dev.klay.core.storage.disk.SimulatedFiles;
import dev.klay.core.storage.disk.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The disk under one node's vote ledger, and the memo beside its key, which is another disk. It
 * knows whether something was written and not yet synced.
 */
final class SimulatedDisk implements Incarnation.Memo {
  /** What a sync costs. */
  interface SyncCost {
    void pay();
  }

  private final SyncCost cost;
  private final Runnable onRepair;
  private SimulatedFiles files = new SimulatedFiles();
  private @Nullable Incarnation memo;
  private boolean dirty;
  private boolean syncs = true;
  private long crashAt = Long.MAX_VALUE;
  private boolean armed;
  private long noted;

  SimulatedDisk(SyncCost cost, Runnable onRepair) {
    this.cost = cost;
    this.onRepair = onRepair;
  }

  /** Whether something was written that a crash may lose. */
  boolean isDirty() {
    return dirty;
  }

  /** From now on, syncs return without doing anything: a disk that lies, or code that forgets. */
  void ignoreSyncs() {
    syncs = false;
  }

  /** The machine stops within the next so many calls. */
  void crashWithin(long calls) {
    armed = true;
    crashAt = files.calls() + calls;
    files.crashAt(crashAt);
  }

  boolean hasCrashed() {
    return files.calls() >= crashAt;
  }

  /** Whether a failure waits for its call. */
  boolean isArmed() {
    return armed;
  }

  void failNextSync() {
    armed = true;
    files.failNextSync();
  }

  void fill() {
    files.limitBytes(0);
  }

  void makeRoom() {
    files.limitBytes(Long.MAX_VALUE);
  }

  /** What the machine finds after a crash. */
  void crash(SplittableRandom random) {
    files = files.afterCrash(random);
    crashAt = Long.MAX_VALUE;
    armed = false;
    dirty = false;
  }

  void wipe() {
    files = new SimulatedFiles();
    dirty = false;
  }

  /** A copy of what is durable, to come back to. */
  SimulatedFiles backup(SplittableRandom random) {
    return files.afterCrash(random);
  }

  void restore(SimulatedFiles backup, SplittableRandom random) {
    files = backup.afterCrash(random);
    dirty = false;
  }

  /** Inverts a bit in the middle of the files; false if there is none. */
  boolean corrupt(SplittableRandom random) {
    try {
      List<String> names =
          files.list().stream().filter(name -> name.startsWith("votes-")).sorted().toList();
      for (String name : names) {
        long size = files.size(name);
        if (size > 2048) {
          files.flipBit(name, 8 * random.nextLong(size / 2) + random.nextInt(8));
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Optional<Incarnation> read() {
    return Optional.ofNullable(memo);
  }

  @Override
  public void write(Incarnation incarnation) {
    memo = incarnation;
    noted = 0;
  }

  @Override
  public long notedHeight() {
    return noted;
  }

  @Override
  public void noteHeight(long height) {
    noted = height;
  }

  /** The files as a node uses them. */
  FileStore open() {
    return new Store(files);
  }

  private final class Store implements ForwardingStore {
    private final SimulatedFiles store;

    Store(SimulatedFiles store) {
      this.store = store;
    }

    @Override
    public FileStore files() {
      return store;
    }

    @Override
    public StoreFile open(String name) throws IOException {
      return new File(store.open(name), name.startsWith("votes-"));
    }

    @Override
    public void sync() throws IOException {
      if (syncs) {
        store.sync();
      }
    }

    /** The disk outlives the process. */
    @Override
    public void close() {}
  }

  private final class File implements ForwardingFile {
    private final StoreFile file;
    private final boolean isVotes;

    File(StoreFile file, boolean isVotes) {
      this.file = file;
      this.isVotes = isVotes;
    }

    @Override
    public StoreFile file() {
      return file;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      dirty = true;
      file.write(source, position);
    }

    @Override
    public void truncate(long size) throws IOException {
      if (isVotes) {
        onRepair.run(); // votes are only cut where a crash tore them
      }
      file.truncate(size);
    }

    @Override
    public void sync() throws IOException {
      cost.pay();
      if (syncs) {
        file.sync();
        dirty = false;
      }
    }
  }
}
