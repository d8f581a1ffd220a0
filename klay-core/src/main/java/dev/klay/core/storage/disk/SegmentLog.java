package dev.klay.core.storage.disk;

import dev.klay.core.storage.CorruptStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Records one behind the other, in files of limited size. A record is found by its position, which
 * ascends for ever and is never used twice. One thread appends; any number read what was flushed.
 */
final class SegmentLog {
  static final int RECORD_HEADER = 8;

  /** Longest payload; a block may have 10 MiB on the wire and more with its receipts. */
  static final int PAYLOAD_MAX = 256 << 20;

  private static final int BUFFER_SIZE = 1 << 18;

  /** Most records are shorter, so one read is enough. */
  private static final int READ_AHEAD = 768;

  private record Segment(String name, long start, StoreFile file) {}

  private final FileStore files;
  private final String prefix;
  private final int segmentBytes;
  private final NavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);

  /** What is in the files; the buffer stands behind it. */
  private volatile long flushed;

  private SegmentLog(FileStore files, String prefix, int segmentBytes) {
    this.files = files;
    this.prefix = prefix;
    this.segmentBytes = segmentBytes;
  }

  /**
   * Opens the log. Reads no more than the names of its files and the size of the last one.
   *
   * @param segmentBytes after which a new file is begun
   */
  static SegmentLog open(FileStore files, String prefix, int segmentBytes) throws IOException {
    SegmentLog log = new SegmentLog(files, prefix, segmentBytes);
    for (String name : files.list()) {
      if (name.startsWith(prefix) && !name.endsWith(Schema.UNFINISHED)) {
        log.add(name);
      }
    }
    Map.Entry<Long, Segment> last = log.segments.lastEntry();
    if (last != null) {
      log.flushed = last.getKey() + last.getValue().file().size();
    }
    return log;
  }

  private void add(String name) throws IOException {
    long start;
    try {
      start = Long.parseUnsignedLong(name.substring(prefix.length()), 16);
    } catch (NumberFormatException e) {
      throw new CorruptStoreException("file " + name + " has no place in this store", e);
    }
    segments.put(start, new Segment(name, start, files.open(name)));
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  /** The position of the first record that is still there. */
  long start() {
    return segments.isEmpty() ? 0 : segments.firstKey();
  }

  /** The position of the next record. */
  long end() {
    return flushed + buffer.position();
  }

  /** What is in the files. */
  long flushedEnd() {
    return flushed;
  }

  /** Adds a record; it is readable after a flush and durable after a sync. */
  long append(byte[] payload) throws IOException {
    if (payload.length > PAYLOAD_MAX) {
      throw new IllegalArgumentException("no record has " + payload.length + " bytes");
    }
    int size = RECORD_HEADER + payload.length;
    if (segments.isEmpty() || end() - segments.lastKey() >= segmentBytes) {
      beginSegment();
    }
    if (size > buffer.remaining()) {
      flush();
    }
    long position = end();
    int sum = Schema.sum(position, payload, 0, payload.length);
    if (size > buffer.capacity()) {
      write(ByteBuffer.allocate(size).putInt(payload.length).putInt(sum).put(payload).flip());
    } else {
      buffer.putInt(payload.length).putInt(sum).put(payload);
    }
    return position;
  }

  private void beginSegment() throws IOException {
    sync();
    long start = end();
    String name = prefix + Schema.hex(start);
    StoreFile file = files.open(name);
    files.sync();
    segments.put(start, new Segment(name, start, file));
  }

  void flush() throws IOException {
    if (buffer.position() > 0) {
      buffer.flip();
      write(buffer);
      buffer.clear();
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    Segment last = segments.lastEntry().getValue();
    int length = bytes.remaining();
    last.file().write(bytes, flushed - last.start());
    flushed += length;
  }

  /** Returns once all records are durable. */
  void sync() throws IOException {
    flush();
    if (!segments.isEmpty()) {
      segments.lastEntry().getValue().file().sync();
    }
  }

  /**
   * The payload of the record at a position.
   *
   * @throws CorruptStoreException if there is none, or not the one that was written
   * @throws ClosedFileException if it is no longer kept
   */
  byte[] read(long position) throws IOException {
    Map.Entry<Long, Segment> entry = segments.floorEntry(position);
    if (entry == null) {
      throw new ClosedFileException(prefix + Schema.hex(position));
    }
    return read(entry.getValue(), position);
  }

  private byte[] read(Segment segment, long position) throws IOException {
    long offset = position - segment.start();
    ByteBuffer first = ByteBuffer.allocate(READ_AHEAD);
    int got = segment.file().read(first, offset);
    first.flip();
    int length = got < RECORD_HEADER ? -1 : first.getInt();
    if (length < 0 || length > PAYLOAD_MAX || !fits(segment, position, length)) {
      throw damaged(segment, position);
    }
    int sum = first.getInt();
    byte[] payload = new byte[length];
    int known = Math.min(length, first.remaining());
    first.get(payload, 0, known);
    if (known < length) {
      ByteBuffer rest = ByteBuffer.wrap(payload, known, length - known);
      segment.file().read(rest, offset + RECORD_HEADER + known);
    }
    if (Schema.sum(position, payload, 0, length) != sum) {
      throw damaged(segment, position);
    }
    return payload;
  }

  /** Looked at before anything of a length that may be damaged is allocated. */
  private boolean fits(Segment segment, long position, int length) throws IOException {
    return length <= READ_AHEAD - RECORD_HEADER
        || position - segment.start() + RECORD_HEADER + length <= segment.file().size();
  }

  private static CorruptStoreException damaged(Segment segment, long position) {
    return new CorruptStoreException(
        "file " + segment.name() + " is damaged at position " + position);
  }

  /** The position behind a record. */
  static long behind(long position, byte[] payload) {
    return position + RECORD_HEADER + payload.length;
  }

  /** Removes everything from a position on, durably. */
  void truncate(long end) throws IOException {
    if (end == flushed && (segments.size() < 2 || segments.lastKey() < end)) {
      return;
    }
    while (segments.size() > 1 && segments.lastKey() >= end) {
      delete(segments.pollLastEntry().getValue());
    }
    files.sync();
    if (!segments.isEmpty()) {
      Segment last = segments.lastEntry().getValue();
      last.file().truncate(end - last.start());
      last.file().sync();
    }
    flushed = end;
  }

  /** Deletes files all of whose records are below a position; returns how many. */
  int deleteBelow(long position, int filesMax) throws IOException {
    int deleted = 0;
    while (deleted < filesMax && segments.size() > 1) {
      Long second = segments.higherKey(segments.firstKey());
      if (second == null || second > position) {
        break;
      }
      delete(segments.pollFirstEntry().getValue());
      deleted++;
    }
    return deleted;
  }

  private void delete(Segment segment) throws IOException {
    segment.file().close();
    files.delete(segment.name());
  }

  /** A file as far as it is complete at a moment. */
  record Part(String name, StoreFile file, long length) {}

  /** The files with everything below an end. */
  List<Part> parts(long end) {
    List<Part> parts = new ArrayList<>();
    for (Segment segment : segments.headMap(end, false).values()) {
      Long next = segments.higherKey(segment.start());
      long to = next == null ? end : Math.min(next, end);
      parts.add(new Part(segment.name(), segment.file(), to - segment.start()));
    }
    return parts;
  }

  /** Bytes of all files. */
  long sizeBytes() {
    return segments.isEmpty() ? 0 : end() - segments.firstKey();
  }
}
