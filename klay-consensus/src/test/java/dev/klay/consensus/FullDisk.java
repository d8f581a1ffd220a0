package dev.klay.consensus;

import dev.klay.core.storage.disk.FileStore;
import dev.klay.core.storage.disk.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory whose disk is full for as long as a file stands beside it. Another process can make
 * and remove that file. A write on a full disk still leaves half of its bytes behind.
 */
public record FullDisk(Path directory, FileStore files) implements FileStore {
  /** Fills the disk under a directory. */
  public static void fill(Path directory) {
    try {
      Files.createFile(sign(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes room again. */
  public static void empty(Path directory) {
    try {
      Files.delete(sign(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path sign(Path directory) {
    return directory.resolveSibling(directory.getFileName() + ".full");
  }

  private record FullFile(FullDisk disk, StoreFile file) implements StoreFile {
    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return file.read(target, position);
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      if (Files.exists(sign(disk.directory))) {
        source.limit(source.position() + source.remaining() / 2);
        file.write(source, position);
        throw new IOException("No space left on device");
      }
      file.write(source, position);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void sync() throws IOException {
      file.sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public List<String> list() throws IOException {
    return files.list();
  }

  @Override
  public StoreFile open(String name) throws IOException {
    return new FullFile(this, files.open(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    files.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    files.delete(name);
  }

  @Override
  public void sync() throws IOException {
    files.sync();
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
