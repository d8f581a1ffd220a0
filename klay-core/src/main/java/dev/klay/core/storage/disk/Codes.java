package dev.klay.core.storage.disk;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeStore;
import dev.klay.core.storage.CorruptStoreException;
import dev.klay.core.storage.StorageFailedException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Code in the block log. What a block brings is collected and goes in front of the block. */
final class Codes implements CodeStore {
  /** Hashes remembered as being there, which spares looking them up in every block. */
  private static final int KNOWN_MAX = 4096;

  private final SegmentLog log;
  private final Index index;
  private final Map<Hash, Boolean> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Boolean> eldest) {
          return size() > KNOWN_MAX;
        }
      };
  private final Map<Hash, Bytes> collected = new LinkedHashMap<>();

  Codes(SegmentLog log, Index index) {
    this.log = log;
    this.index = index;
  }

  /** By the writer only. */
  @Override
  public void save(Code code) {
    if (known.get(code.hash()) == null
        && !collected.containsKey(code.hash())
        && find(code.hash()).isEmpty()) {
      collected.put(code.hash(), code.bytes());
    }
    known.put(code.hash(), true);
  }

  private OptionalLong find(Hash hash) {
    try {
      return index.find(hash.unsafeArray(), IndexEntry.CODE);
    } catch (IOException e) {
      throw new StorageFailedException("code " + hash + " could not be looked up", e);
    }
  }

  /** Appends what was collected; returns the index entries for it. */
  List<byte[]> append() throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (Map.Entry<Hash, Bytes> code : collected.entrySet()) {
      long position = log.append(record(code.getValue()));
      entries.add(IndexEntry.of(code.getKey(), IndexEntry.CODE, position));
    }
    collected.clear();
    return entries;
  }

  private static byte[] record(Bytes code) {
    byte[] record = new byte[1 + code.size()];
    record[0] = Schema.RECORD_CODE;
    System.arraycopy(code.unsafeArray(), 0, record, 1, code.size());
    return record;
  }

  static boolean isCode(byte[] payload) {
    return payload.length > 0 && payload[0] == Schema.RECORD_CODE;
  }

  static byte[] entry(byte[] payload, long position) {
    return IndexEntry.of(Keccak256.hash(codeOf(payload)), IndexEntry.CODE, position);
  }

  private static Bytes codeOf(byte[] payload) {
    return Bytes.wrap(payload).slice(1, payload.length);
  }

  @Override
  public Bytes load(Hash hash) {
    long position =
        find(hash)
            .orElseThrow(() -> new CorruptStoreException("code " + hash + " is not in the store"));
    try {
      return codeOf(log.read(position));
    } catch (IOException e) {
      throw new StorageFailedException("code " + hash + " could not be read", e);
    }
  }
}
