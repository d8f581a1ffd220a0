package dev.klay.consensus;

import dev.klay.core.storage.disk.FileStore;
import dev.klay.core.storage.disk.ForwardingFile;
import dev.klay.core.storage.disk.ForwardingStore;
import dev.klay.core.storage.disk.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory whose disk is full for as long as a file stands beside it. Another process can make
 * and remove that file. A write on a full disk still leaves half of its bytes behind.
 */
public record FullDisk(Path directory, FileStore files) implements ForwardingStore {
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

  private record FullFile(FullDisk disk, StoreFile file) implements ForwardingFile {
    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      if (Files.exists(sign(disk.directory))) {
        source.limit(source.position() + source.remaining() / 2);
        file.write(source, position);
        throw new IOException("No space left on device");
      }
      file.write(source, position);
    }
  }

  @Override
  public StoreFile open(String name) throws IOException {
    return new FullFile(this, files.open(name));
  }
}
