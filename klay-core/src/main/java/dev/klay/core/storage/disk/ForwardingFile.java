package dev.klay.core.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that does what another does, but for what its class says otherwise. */
public interface ForwardingFile extends StoreFile {
  StoreFile file();

  @Override
  default long size() throws IOException {
    return file().size();
  }

  @Override
  default int read(ByteBuffer target, long position) throws IOException {
    return file().read(target, position);
  }

  @Override
  default void write(ByteBuffer source, long position) throws IOException {
    file().write(source, position);
  }

  @Override
  default void truncate(long size) throws IOException {
    file().truncate(size);
  }

  @Override
  default void sync() throws IOException {
    file().sync();
  }

  @Override
  default void close() throws IOException {
    file().close();
  }
}
