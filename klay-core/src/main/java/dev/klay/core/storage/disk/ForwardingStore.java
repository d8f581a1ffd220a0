package dev.klay.core.storage.disk;

import java.io.IOException;
import java.util.List;

/** A directory that does what another does, but for what its class says otherwise. */
public interface ForwardingStore extends FileStore {
  FileStore files();

  @Override
  default List<String> list() throws IOException {
    return files().list();
  }

  @Override
  default StoreFile open(String name) throws IOException {
    return files().open(name);
  }

  @Override
  default void rename(String from, String to) throws IOException {
    files().rename(from, to);
  }

  @Override
  default void delete(String name) throws IOException {
    files().delete(name);
  }

  @Override
  default void sync() throws IOException {
    files().sync();
  }

  @Override
  default void close() throws IOException {
    files().close();
  }
}
