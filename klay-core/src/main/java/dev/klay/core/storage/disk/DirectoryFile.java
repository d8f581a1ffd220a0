package dev.klay.core.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that outlives its channel: Java closes a channel under an interrupted thread, for everyone
 * who reads it, so this one is opened again and the work done over. All operations name their
 * position, so doing one twice is doing it once.
 */
final class DirectoryFile implements StoreFile {
  private interface Work<T> {
    T on(FileChannel channel) throws IOException;
  }

  private final DirectoryFiles owner;
  private final String name;
  private volatile @Nullable FileChannel channel;
  private volatile boolean synced = true;
  private volatile boolean closed;

  private DirectoryFile(DirectoryFiles owner, String name) {
    this.owner = owner;
    this.name = name;
  }

  static DirectoryFile open(DirectoryFiles owner, String name) throws IOException {
    DirectoryFile file = new DirectoryFile(owner, name);
    file.connect(true);
    return file;
  }

  private FileChannel connect(boolean create) throws IOException {
    FileChannel connected;
    synchronized (this) {
      FileChannel known = channel;
      if (closed || owner.isClosed()) {
        throw new ClosedFileException(name);
      }
      if (known != null && known.isOpen()) {
        return known;
      }
      connected =
          create
              ? FileChannel.open(
                  owner.path(name),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE)
              : FileChannel.open(
                  owner.path(name), StandardOpenOption.READ, StandardOpenOption.WRITE);
      channel = connected;
    }
    owner.opened(this);
    return connected;
  }

  private <T> T perform(Work<T> work) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          FileChannel known = channel;
          return work.on(known != null && known.isOpen() ? known : connect(false));
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        } catch (ClosedChannelException e) {
          // Parked, or closed by another thread's interrupt: connect again, or learn it is over.
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public long size() throws IOException {
    return perform(FileChannel::size);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    int start = target.position();
    return perform(
        c -> {
          while (target.hasRemaining()) {
            if (c.read(target, position + target.position() - start) < 0) {
              break;
            }
          }
          return target.position() - start;
        });
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    synced = false;
    int start = source.position();
    perform(
        c -> {
          while (source.hasRemaining()) {
            c.write(source, position + source.position() - start);
          }
          return true;
        });
  }

  @Override
  public void truncate(long size) throws IOException {
    synced = false;
    perform(c -> c.truncate(size));
  }

  @Override
  public void sync() throws IOException {
    perform(
        c -> {
          c.force(false);
          return true;
        });
    synced = true;
  }

  boolean isSynced() {
    return synced;
  }

  /** Gives the descriptor back until the file is used again. */
  void park() throws IOException {
    FileChannel known = channel;
    if (known != null) {
      known.close();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    owner.closed(this);
    park();
  }
}
