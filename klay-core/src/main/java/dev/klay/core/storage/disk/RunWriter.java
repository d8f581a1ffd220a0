package dev.klay.core.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes one run of the index from its first entry to its last. */
final class RunWriter {
  private static final int PAGES_BUFFERED = 16;

  private final int number;
  private final int tier;
  private final StoreFile file;
  private final ByteBuffer buffer = ByteBuffer.allocate(PAGES_BUFFERED * RunFile.PAGE_SIZE);
  private ByteBuffer page = ByteBuffer.allocate(RunFile.PAGE_SIZE);
  private byte[] last = new byte[0];
  private long entries;
  private long pages;
  private long written;

  RunWriter(FileStore files, int number, int tier) throws IOException {
    this.number = number;
    this.tier = tier;
    this.file = files.open(RunFile.name(number));
    file.truncate(0);
  }

  /** Adds an entry that is not below the one before; an equal one changes nothing. */
  void add(byte[] entry) throws IOException {
    if (Arrays.equals(last, entry)) {
      return;
    }
    page.put(entry);
    last = entry;
    entries++;
    if (entries % RunFile.PAGE_ENTRIES == 0) {
      endPage(RunFile.PAGE_ENTRIES);
    }
  }

  private void endPage(int count) throws IOException {
    page.putInt(RunFile.COUNT_AT, count);
    page.putInt(RunFile.SUM_AT, Schema.sum(pages, page.array(), 0, RunFile.SUM_AT));
    buffer.put(page.array());
    page = ByteBuffer.allocate(RunFile.PAGE_SIZE);
    pages++;
    if (!buffer.hasRemaining()) {
      flush();
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    int length = buffer.remaining();
    file.write(buffer, written);
    written += length;
    buffer.clear();
  }

  /** The run, with durable contents. */
  RunFile finish() throws IOException {
    int rest = (int) (entries % RunFile.PAGE_ENTRIES);
    if (rest > 0) {
      endPage(rest);
    }
    flush();
    file.sync();
    return new RunFile(number, tier, entries, file);
  }

  void abandon() throws IOException {
    file.close();
  }
}
