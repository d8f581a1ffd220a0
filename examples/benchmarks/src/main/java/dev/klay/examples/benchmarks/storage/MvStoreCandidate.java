package dev.klay.examples.benchmarks.storage;

import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/** H2's MVStore, committed and synced by hand, once a batch. */
final class MvStoreCandidate implements Candidate {
  private final MVStore store;
  private final MVMap<Long, byte[]> records;

  MvStoreCandidate(Path directory) {
    store =
        new MVStore.Builder()
            .fileName(directory.resolve("mvstore").toString())
            .autoCommitDisabled()
            .open();
    records =
        store.openMap(
            "records",
            new MVMap.Builder<Long, byte[]>()
                .keyType(LongDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
  }

  @Override
  public void put(long id, byte[] record) {
    records.append(id, record);
  }

  @Override
  public void commit(long head) {
    store.setStoreVersion((int) head);
    store.commit();
    store.sync();
  }

  @Override
  public byte[] get(long id) {
    return records.get(id);
  }

  @Override
  public long head() {
    return store.getStoreVersion();
  }

  @Override
  public void close() {
    store.close();
  }
}
