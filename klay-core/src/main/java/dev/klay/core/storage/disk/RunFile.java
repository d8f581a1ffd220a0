package dev.klay.core.storage.disk;

import dev.klay.core.storage.CorruptStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sorted entries of the index that never change. Every page is checked whenever it is read. */
final class RunFile {
  static final int PAGE_SIZE = 4096;
  static final int PAGE_ENTRIES = 102;
  static final int COUNT_AT = PAGE_SIZE - 2 * Integer.BYTES;
  static final int SUM_AT = PAGE_SIZE - Integer.BYTES;

  private final int number;
  private final int tier;
  private final long entries;
  private final StoreFile file;

  /**
   * A finished run.
   *
   * @param tier how often its entries were merged
   */
  RunFile(int number, int tier, long entries, StoreFile file) {
    this.number = number;
    this.tier = tier;
    this.entries = entries;
    this.file = file;
  }

  static String name(int number) {
    return Schema.RUN + Schema.hex(number);
  }

  int number() {
    return number;
  }

  int tier() {
    return tier;
  }

  long entries() {
    return entries;
  }

  StoreFile file() {
    return file;
  }

  long sizeBytes() {
    return (entries + PAGE_ENTRIES - 1) / PAGE_ENTRIES * PAGE_SIZE;
  }

  /** The place of the first entry that is not below the bound; the number of entries if none is. */
  long lowerBound(byte[] bound) throws IOException {
    long low = 0;
    long high = (entries + PAGE_ENTRIES - 1) / PAGE_ENTRIES;
    while (low < high) { // the first page whose last entry is not below
      long middle = (low + high) >>> 1;
      byte[] page = page(middle);
      int last = (int) Math.min(PAGE_ENTRIES, entries - middle * PAGE_ENTRIES) - 1;
      if (compare(page, last, bound) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low * PAGE_ENTRIES >= entries) {
      return entries;
    }
    byte[] page = page(low);
    int place = 0;
    while (compare(page, place, bound) < 0) {
      place++;
    }
    return low * PAGE_ENTRIES + place;
  }

  private static int compare(byte[] page, int place, byte[] bound) {
    int from = place * IndexEntry.SIZE;
    return Arrays.compareUnsigned(page, from, from + IndexEntry.SIZE, bound, 0, IndexEntry.SIZE);
  }

  /** The entry at a place, null behind the last and before the first. */
  byte @Nullable [] entry(long place) throws IOException {
    return place < 0 || place >= entries
        ? null
        : entryOf(page(place / PAGE_ENTRIES), (int) (place % PAGE_ENTRIES));
  }

  static byte[] entryOf(byte[] page, int place) {
    return Arrays.copyOfRange(page, place * IndexEntry.SIZE, (place + 1) * IndexEntry.SIZE);
  }

  byte[] page(long number) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(PAGE_SIZE);
    int got = file.read(page, number * PAGE_SIZE);
    int count = (int) Math.min(PAGE_ENTRIES, entries - number * PAGE_ENTRIES);
    if (got != PAGE_SIZE
        || page.getInt(SUM_AT) != Schema.sum(number, page.array(), 0, SUM_AT)
        || page.getInt(COUNT_AT) != count) {
      throw new CorruptStoreException(
          "file "
              + name(this.number)
              + " of the index is damaged; blocks and states are not. Close the node, delete INDEX"
              + " and the files index-*, and open it again: the index is made anew");
    }
    return page.array();
  }

  void close() throws IOException {
    file.close();
  }
}
