package dev.klay.core.storage;

import dev.klay.core.storage.disk.Backup;
import dev.klay.core.storage.disk.DirectoryFiles;
import dev.klay.core.storage.disk.DiskChainStore;
import dev.klay.core.storage.disk.FileStore;
import dev.klay.core.storage.disk.StoreLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A chain in a directory: survives the death of the process and of the machine at any moment with
 * every block that was imported. Blocks and receipts are kept for ever, states as long as the
 * retention says. Immutable.
 */
public final class DirectoryStorage implements Storage {
  /** Stands between a directory and what is kept in it, as a test's disk that fills up does. */
  public interface Layer {
    FileStore over(Path directory, FileStore files);
  }

  private final Path directory;
  private final Retention retention;
  private final StoreLimits limits;
  private final Layer layer;

  DirectoryStorage(Path directory, Retention retention) {
    this(directory, retention, StoreLimits.DEFAULT, (path, files) -> files);
  }

  private DirectoryStorage(Path directory, Retention retention, StoreLimits limits, Layer layer) {
    this.directory = directory;
    this.retention = retention;
    this.limits = limits;
    this.layer = layer;
  }

  /**
   * The same directory with another budget of heap for cached nodes and blocks; 64 MiB unless told
   * otherwise. The index takes up to 16 MiB more.
   */
  public DirectoryStorage withMemory(long bytes) {
    return new DirectoryStorage(
        directory,
        retention,
        new StoreLimits(bytes, limits.segmentBytes(), limits.checkpointBlocks()),
        layer);
  }

  /** The same directory, and the node's votes beside it, read and written through a layer. */
  public DirectoryStorage through(Layer newLayer) {
    return new DirectoryStorage(directory, retention, limits, newLayer);
  }

  /** The directory. */
  public Path path() {
    return directory;
  }

  /**
   * The files of this or another directory of the same node, made if it is missing, for this
   * program alone.
   *
   * @throws StoreLockedException if another program has it
   * @throws IOException if the disk fails
   */
  public FileStore lock(Path ofNode) throws IOException {
    return layer.over(ofNode, DirectoryFiles.lock(ofNode));
  }

  /**
   * Opens the chain where it ended. Takes time for what was not closed well, not for the length of
   * the chain.
   *
   * @throws StoreLockedException if another node has it
   * @throws ForeignStoreException if it is a store of another format or chain
   * @throws CorruptStoreException if what had been durable is damaged
   * @throws StorageFailedException if the disk fails
   */
  @Override
  public DiskChainStore open(ChainIdentity chain) {
    try {
      return DiskChainStore.open(lock(directory), chain, retention, limits);
    } catch (IOException e) {
      throw new StorageFailedException("directory " + directory + " cannot be used", e);
    }
  }

  /**
   * Makes the store from a backup ({@link DiskChainStore#backup}); the directory must be empty. A
   * validator that starts from an old backup has forgotten votes: its consensus node must treat it
   * as such.
   *
   * @throws CorruptStoreException if the backup is damaged or not complete; the directory is empty
   * @throws StorageFailedException if reading or writing fails
   */
  public void restore(InputStream backup) {
    try (FileStore files = lock(directory)) {
      Backup.restore(backup, files);
    } catch (IOException e) {
      throw new StorageFailedException("the backup could not be restored", e);
    }
  }

  @Override
  public String toString() {
    return directory + ", states of " + retention;
  }
}
