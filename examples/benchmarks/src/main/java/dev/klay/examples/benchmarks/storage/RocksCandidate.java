package dev.klay.examples.benchmarks.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB with its defaults, one synced batch at a time. */
final class RocksCandidate implements Candidate {
  private static final byte[] HEAD = "head".getBytes(StandardCharsets.US_ASCII);

  private final Options options;
  private final WriteOptions synced;
  private final RocksDB db;
  private WriteBatch batch;

  RocksCandidate(Path directory) throws RocksDBException {
    options = new Options().setCreateIfMissing(true);
    synced = new WriteOptions().setSync(true);
    db = RocksDB.open(options, directory.resolve("rocks").toString());
    batch = new WriteBatch();
  }

  @Override
  public void put(long id, byte[] record) throws RocksDBException {
    batch.put(key(id), record);
  }

  private static byte[] key(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  @Override
  public void commit(long head) throws RocksDBException {
    batch.put(HEAD, key(head));
    db.write(synced, batch);
    batch.close();
    batch = new WriteBatch();
  }

  @Override
  public byte[] get(long id) throws RocksDBException {
    byte[] found = db.get(key(id));
    if (found == null) {
      throw new IllegalStateException("no record " + id);
    }
    return found;
  }

  @Override
  public long head() throws RocksDBException {
    byte[] found = db.get(HEAD);
    return found == null ? -1 : ByteBuffer.wrap(found).getLong();
  }

  @Override
  public void close() {
    batch.close();
    db.close();
    synced.close();
    options.close();
  }
}
