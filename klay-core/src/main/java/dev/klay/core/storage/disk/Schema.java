package dev.klay.core.storage.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Everything that stands in the directory of a store, format version {@value #VERSION}. Numbers are
 * big-endian; sums are CRC-32C and begin with the place, so that a record read from the wrong place
 * does not pass.
 *
 * <pre>
 * LOCK              empty; locked by the one process that has the store open
 * MANIFEST          text: "klay-store VERSION", "chain ID", "seal RULE", "parameters HASH"
 *                   (may be missing), "crc32c HEX" of all before.
 *                   Written last when a store is made; a directory without it holds no store
 * HEAD              two slots of 512 bytes, at 0 and 4096, written in turn once a block is durable:
 *                   magic 8, turn 8, block number 8, position of its meta record 8,
 *                   end of the block log 8, crc 4.
 *                   The newer valid slot is a lower bound: what it names is durable
 * blocks-POSITION   segments of the block log; POSITION of the first record in 16 hex digits
 * states-POSITION   segments of the state log
 *     record        length 4, crc of (position 8, payload) 4, payload
 *     block log     payloads: 1 code (the bytes), 2 body ({@link BlockRecords}), 3 meta
 *                   ({@link BlockMeta}). A block is its new codes, body and meta, in this order,
 *                   and counts only with the meta
 *     state log     payloads: nodes ({@link dev.klay.core.trie.StoredTries}); the id of a node is
 *                   the position of its record
 * INDEX             the runs of the index ({@link IndexCheckpoint}); may be deleted with all runs
 * index-NUMBER      a run: pages of 4096 bytes, each up to 102 ascending entries of 40 bytes
 *                   ({@link IndexEntry}), zeros, number of entries 4, crc of (page number 8, the
 *                   4092 bytes before) 4
 * *.new             a file that was not finished; deleted when the store is opened
 * </pre>
 */
final class Schema {
  static final int VERSION = 1;

  static final String MANIFEST = "MANIFEST";
  static final String HEAD = "HEAD";
  static final String BLOCKS = "blocks-";
  static final String STATES = "states-";
  static final String INDEX = "INDEX";
  static final String RUN = "index-";
  static final String UNFINISHED = ".new";

  static final long HEAD_MAGIC = 0x4b4c41595f484431L; // KLAY_HD1
  static final long INDEX_MAGIC = 0x4b4c41595f495831L; // KLAY_IX1
  static final long BACKUP_MAGIC = 0x4b4c41595f424b31L; // KLAY_BK1

  static final int RECORD_CODE = 1;
  static final int RECORD_BODY = 2;
  static final int RECORD_META = 3;

  private Schema() {}

  /** CRC-32C of a number and bytes behind it. */
  static int sum(long place, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, place));
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  static String hex(long position) {
    return String.format("%016x", position);
  }
}
