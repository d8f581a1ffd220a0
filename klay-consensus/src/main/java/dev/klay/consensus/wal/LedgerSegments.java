package dev.klay.consensus.wal;

import dev.klay.core.storage.disk.FileStore;
import dev.klay.core.storage.disk.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The files of a ledger, each a run of records named by its first lsn. The last one is written; one
 * in front of it goes as a whole once all it speaks of is final.
 *
 * <p>After a crash only the end of the last file can be torn, since every record is synced before
 * the next is written. A bad record with a good one behind it was durable once: damage.
 */
final class LedgerSegments implements AutoCloseable {
  /** A new file is begun beyond this size, so that old ones can be deleted. */
  static final int SEGMENT_BYTES = 256 << 10;

  private static final String PREFIX = "votes-";

  private record Segment(String name, long highestHeight) {}

  private final FileStore files;
  private final Deque<Segment> closed = new ArrayDeque<>();
  private final int segmentBytes;
  private StoreFile current;
  private String currentName;
  private long position;
  private long highestHeight;
  private long nextLsn;

  private LedgerSegments(FileStore files, int segmentBytes, long firstLsn) throws IOException {
    this.files = files;
    this.segmentBytes = segmentBytes;
    this.nextLsn = firstLsn;
    this.currentName = nameOf(firstLsn);
    this.current = create();
  }

  /** Reads all records, cuts off a torn end, and begins a new file behind. */
  static LedgerSegments open(FileStore files, int segmentBytes, List<LedgerFrame> found)
      throws IOException {
    List<String> names =
        files.list().stream().filter(name -> name.startsWith(PREFIX)).sorted().toList();
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int before = found.size();
      readSegment(files, names.get(i), i == names.size() - 1, found);
      long highest =
          found.subList(before, found.size()).stream()
              .mapToLong(LedgerFrame::height)
              .max()
              .orElse(0);
      segments.add(new Segment(names.get(i), highest));
    }
    long next = found.isEmpty() ? 1 : found.get(found.size() - 1).lsn() + 1;
    if (!segments.isEmpty() && segments.get(segments.size() - 1).name().equals(nameOf(next))) {
      Segment empty = segments.remove(segments.size() - 1); // begun, but nothing was written
      files.delete(empty.name());
    }
    LedgerSegments opened = new LedgerSegments(files, segmentBytes, next);
    opened.closed.addAll(segments);
    return opened;
  }

  private static String nameOf(long lsn) {
    return String.format("%s%016x", PREFIX, lsn);
  }

  private static void readSegment(
      FileStore files, String name, boolean isLast, List<LedgerFrame> found) throws IOException {
    try (StoreFile file = files.open(name)) {
      byte[] content = new byte[(int) file.size()];
      file.read(ByteBuffer.wrap(content), 0);
      int offset = 0;
      while (offset < content.length) {
        Optional<LedgerFrame> frame = LedgerFrame.at(content, offset);
        if (frame.isEmpty() || !follows(found, frame.orElseThrow())) {
          ensureTorn(name, content, offset, isLast);
          file.truncate(offset);
          file.sync();
          return;
        }
        found.add(frame.orElseThrow());
        offset += frame.orElseThrow().sizeBytes();
      }
    }
  }

  private static boolean follows(List<LedgerFrame> found, LedgerFrame next) {
    return found.isEmpty() || next.lsn() == found.get(found.size() - 1).lsn() + 1;
  }

  private static void ensureTorn(String name, byte[] content, int offset, boolean isLast) {
    boolean torn = isLast;
    for (int at = offset + 1; torn && at <= content.length - LedgerFrame.HEADER; at++) {
      torn = LedgerFrame.at(content, at).isEmpty();
    }
    if (!torn) {
      throw new CorruptLedgerException(
          "vote ledger file " + name + " is damaged at byte " + offset + ", in front of its end");
    }
  }

  private StoreFile create() throws IOException {
    StoreFile file = files.open(currentName);
    file.sync();
    files.sync(); // or the file's name may be lost with all that it holds
    position = 0;
    highestHeight = 0;
    return file;
  }

  /** Writes one record and makes it durable. */
  void append(long height, byte[] body) throws IOException {
    if (position > segmentBytes) {
      current.close();
      closed.add(new Segment(currentName, highestHeight));
      currentName = nameOf(nextLsn);
      current = create();
    }
    LedgerFrame frame = new LedgerFrame(nextLsn++, height, body);
    current.write(frame.encode(), position);
    current.sync();
    position += frame.sizeBytes();
    highestHeight = Math.max(highestHeight, height);
  }

  /** Deletes the files that speak of final heights only. */
  void prune(long finalHeight) throws IOException {
    boolean deleted = false;
    while (!closed.isEmpty() && closed.peek().highestHeight() <= finalHeight) {
      files.delete(closed.remove().name());
      deleted = true;
    }
    if (deleted) {
      files.sync();
    }
  }

  int fileCount() {
    return closed.size() + 1;
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
