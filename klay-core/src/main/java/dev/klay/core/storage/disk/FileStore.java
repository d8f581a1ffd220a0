package dev.klay.core.storage.disk;

import java.io.IOException;
import java.util.List;

/**
 * The files of one directory, as much of a file system as a durable store needs. What was written
 * survives a crash only once it was synced: contents by {@link StoreFile#sync}, new, renamed and
 * deleted names by {@link #sync}. Unsynced writes may be lost, torn and reordered.
 */
public interface FileStore extends AutoCloseable {
  /** Names of all files, in any order. */
  List<String> list() throws IOException;

  /** The file of this name, made empty if it is missing. */
  StoreFile open(String name) throws IOException;

  /** Gives a file another name, in place of the file that has it, in one step. */
  void rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  /** Makes the names durable. */
  void sync() throws IOException;

  /** Releases the directory and every file of it that is still open. */
  @Override
  void close() throws IOException;
}
