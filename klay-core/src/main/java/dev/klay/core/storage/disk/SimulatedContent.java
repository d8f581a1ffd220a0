package dev.klay.core.storage.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The bytes of a simulated file: as programs see them, and as a disk would have them. */
final class SimulatedContent {
  private static final int SECTOR = 512;

  /** Bytes that grow. */
  private static final class Image {
    private byte[] bytes = new byte[SECTOR];
    private int size;

    void write(byte[] source, int from, int length, int position) {
      int end = position + length;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      }
      System.arraycopy(source, from, bytes, position, length);
      size = Math.max(size, end);
    }

    void truncate(int newSize) {
      if (newSize < size) {
        Arrays.fill(bytes, newSize, size, (byte) 0);
        size = newSize;
      }
    }

    Image copy() {
      Image copy = new Image();
      copy.bytes = bytes.clone();
      copy.size = size;
      return copy;
    }
  }

  /** A write, or without bytes a truncation to a position. */
  private record Change(byte[] bytes, int position, boolean truncates) {
    void applyTo(Image target) {
      if (truncates) {
        target.truncate(position);
      } else {
        target.write(bytes, 0, bytes.length, position);
      }
    }

    /** Some of its sectors reach the disk. */
    void tear(Image target, SplittableRandom random) {
      for (int at = 0; at < bytes.length; ) {
        int next = Math.min(bytes.length, (position + at) / SECTOR * SECTOR + SECTOR - position);
        if (random.nextBoolean()) {
          target.write(bytes, at, next - at, position + at);
        }
        at = next;
      }
    }
  }

  private Image now = new Image();
  private Image durable = new Image();
  private final List<Change> unsynced = new ArrayList<>();

  int size() {
    return now.size;
  }

  int read(ByteBuffer target, long position) {
    int length = (int) Math.max(0, Math.min(target.remaining(), now.size - position));
    if (length > 0) {
      target.put(now.bytes, (int) position, length);
    }
    return length;
  }

  void write(byte[] bytes, int position) {
    change(new Change(bytes, position, false));
  }

  void truncate(int size) {
    change(new Change(new byte[0], size, true));
  }

  private void change(Change change) {
    change.applyTo(now);
    unsynced.add(change);
  }

  void sync() {
    unsynced.forEach(change -> change.applyTo(durable));
    unsynced.clear();
  }

  void dropUnsynced() {
    unsynced.clear();
    now = durable.copy();
  }

  void flipBit(long bit) {
    int at = (int) (bit / 8);
    byte mask = (byte) (1 << bit % 8);
    now.bytes[at] ^= mask;
    durable.bytes[at] ^= mask;
  }

  SimulatedContent afterCrash(SplittableRandom random) {
    SimulatedContent found = new SimulatedContent();
    found.durable = durable.copy();
    for (Change change : unsynced) {
      int fate = random.nextInt(3);
      if (fate == 0) {
        change.applyTo(found.durable);
      } else if (fate == 1 && !change.truncates()) {
        change.tear(found.durable, random);
      }
    }
    found.now = found.durable.copy();
    return found;
  }
}
