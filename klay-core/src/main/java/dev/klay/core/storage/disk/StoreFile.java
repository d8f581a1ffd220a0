package dev.klay.core.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One file of a {@link FileStore}. Any number of threads read while one writes; an interrupted
 * thread completes what it began.
 */
public interface StoreFile extends AutoCloseable {
  long size() throws IOException;

  /** Reads until the buffer is full or the file ends; returns how many bytes. */
  int read(ByteBuffer target, long position) throws IOException;

  /** Writes all that remains in the buffer. */
  void write(ByteBuffer source, long position) throws IOException;

  void truncate(long size) throws IOException;

  /**
   * Makes the contents durable. After a failure nobody knows what is: the system may have dropped
   * the pages, so a caller must not try again but read back from the last success.
   */
  void sync() throws IOException;

  @Override
  void close() throws IOException;
}
