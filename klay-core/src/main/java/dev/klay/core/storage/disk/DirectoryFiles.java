package dev.klay.core.storage.disk;

import dev.klay.core.storage.StoreLockedException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory of the machine, locked against every other process and every other user here. */
public final class DirectoryFiles implements FileStore {
  private static final String LOCK = "LOCK";

  /** Descriptors held at once; a file above that is closed and opened again when it is read. */
  private static final int OPEN_MAX = 128;

  private static final boolean SYNCS_DIRECTORIES = File.separatorChar == '/';

  private final Path directory;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final Set<DirectoryFile> opened = new LinkedHashSet<>();
  private volatile boolean closed;

  private DirectoryFiles(Path directory, FileChannel lockFile, FileLock lock) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Takes a directory, made if it is missing, for this program alone.
   *
   * @throws StoreLockedException if somebody has it
   */
  public static DirectoryFiles lock(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel file =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = tryLock(file);
      if (lock == null) {
        throw new StoreLockedException(directory.toString());
      }
      return new DirectoryFiles(directory, file, lock);
    } finally {
      if (lock == null) {
        file.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very program has it
    }
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(LOCK))
          .toList();
    }
  }

  @Override
  public StoreFile open(String name) throws IOException {
    return DirectoryFile.open(this, name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(path(name));
  }

  @Override
  public void sync() throws IOException {
    if (SYNCS_DIRECTORIES) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Notes that a file holds a descriptor, and takes one from the file that got its first. */
  void opened(DirectoryFile file) throws IOException {
    DirectoryFile parked = null;
    synchronized (opened) {
      opened.remove(file);
      opened.add(file);
      if (opened.size() > OPEN_MAX) {
        parked = opened.stream().filter(DirectoryFile::isSynced).findFirst().orElse(null);
        opened.remove(parked);
      }
    }
    if (parked != null) {
      parked.park();
    }
  }

  boolean isClosed() {
    return closed;
  }

  void closed(DirectoryFile file) {
    synchronized (opened) {
      opened.remove(file);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    List<DirectoryFile> files;
    synchronized (opened) {
      files = new ArrayList<>(opened);
    }
    try {
      for (DirectoryFile file : files) {
        file.close();
      }
    } finally {
      lock.release();
      lockFile.close();
    }
  }
}
