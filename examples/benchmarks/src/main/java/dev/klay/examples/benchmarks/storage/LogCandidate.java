package dev.klay.examples.benchmarks.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * An append-only file of checksummed records, a record found by its position. One more record, the
 * head, ends each batch; opening looks for the last one from a saved place on.
 */
final class LogCandidate implements Candidate {
  private static final int HEADER = 8;
  private static final int BUFFER = 1 << 20;

  private final FileChannel log;
  private final FileChannel headFile;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final CRC32C crc = new CRC32C();
  private final long[] positions;
  private long end;
  private long head = -1;

  /**
   * Opens the files, or makes them.
   *
   * @param positions of the records by their ids; the real store uses the position as the id
   */
  LogCandidate(Path directory, long[] positions) throws IOException {
    this.positions = positions;
    log = open(directory.resolve("log"));
    headFile = open(directory.resolve("head"));
    end = log.size();
    if (headFile.size() > 0) {
      head = read(headFile, 0, Long.BYTES).getLong();
      long position = read(headFile, Long.BYTES, Long.BYTES).getLong();
      if (record(position).length != Long.BYTES) {
        throw new IOException("no head record at " + position);
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public void put(long id, byte[] record) throws IOException {
    positions[(int) id] = append(record);
  }

  private long append(byte[] record) throws IOException {
    if (buffer.remaining() < HEADER + record.length) {
      flush();
    }
    long position = end + buffer.position();
    crc.reset();
    crc.update(record);
    buffer.putInt(record.length).putInt((int) crc.getValue()).put(record);
    return position;
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      end += log.write(buffer, end);
    }
    buffer.clear();
  }

  @Override
  public void commit(long newHead) throws IOException {
    byte[] record = ByteBuffer.allocate(Long.BYTES).putLong(newHead).array();
    flush();
    log.force(false); // the records, before the head that needs them
    long position = append(record);
    flush();
    log.force(false);
    headFile.write(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(newHead).putLong(position).flip(), 0);
    head = newHead;
  }

  @Override
  public byte[] get(long id) throws IOException {
    return record(positions[(int) id]);
  }

  private byte[] record(long position) throws IOException {
    ByteBuffer header = read(log, position, HEADER);
    int length = header.getInt();
    int sum = header.getInt();
    byte[] record = read(log, position + HEADER, length).array();
    CRC32C check = new CRC32C();
    check.update(record);
    if ((int) check.getValue() != sum) {
      throw new IOException("damaged record at " + position);
    }
    return record;
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        throw new IOException("nothing at " + position);
      }
    }
    return target.flip();
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public void close() throws IOException {
    log.close();
    headFile.close();
  }
}
