package dev.klay.consensus.wal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One record of a ledger file, big-endian: {crc32c of all behind it: 4 bytes, length of the body:
 * 4, lsn: 8, height: 8, kind: 1, body}. What one step of the machine persists is one record, so a
 * crash leaves all of it or none.
 *
 * @param lsn ascending by one from record to record
 * @param height the highest that the body speaks of
 */
record LedgerFrame(long lsn, long height, byte[] body) {
  static final int HEADER = 25;

  /** The only kind so far: a sequence of entries. */
  private static final byte ENTRIES = 1;

  /** A block, its quorum and room: nothing longer is ever written. */
  static final int BODY_MAX = 64 << 20;

  ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + body.length);
    bytes.position(4);
    bytes.putInt(body.length).putLong(lsn).putLong(height).put(ENTRIES).put(body);
    bytes.putInt(0, checksum(bytes.array(), 4, bytes.capacity() - 4));
    return bytes.flip();
  }

  int sizeBytes() {
    return HEADER + body.length;
  }

  /** The record at a place of a file's content, empty if there is none that is whole. */
  static Optional<LedgerFrame> at(byte[] content, int offset) {
    if (content.length - offset < HEADER) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(content, offset, HEADER);
    int crc = header.getInt();
    int length = header.getInt();
    long lsn = header.getLong();
    long height = header.getLong();
    boolean fits = length >= 0 && length <= BODY_MAX && length <= content.length - offset - HEADER;
    if (!fits || header.get() != ENTRIES || lsn < 1 || height < 0) {
      return Optional.empty();
    }
    if (crc != checksum(content, offset + 4, HEADER - 4 + length)) {
      return Optional.empty();
    }
    byte[] body = new byte[length];
    System.arraycopy(content, offset + HEADER, body, 0, length);
    return Optional.of(new LedgerFrame(lsn, height, body));
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
