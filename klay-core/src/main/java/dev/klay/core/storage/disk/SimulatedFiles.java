package dev.klay.core.storage.disk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Files in the heap that fail as disks do, for tests and simulators: at a chosen call everything
 * stops, and what was not synced is then kept, lost or torn at 512 bytes, each write and each name
 * by itself. The same calls and the same seed give the same files. Safe for several threads.
 *
 * <pre>{@code
 * SimulatedFiles files = new SimulatedFiles();
 * files.crashAt(17);
 * // ... use a store until it throws ...
 * SimulatedFiles found = files.afterCrash(new SplittableRandom(seed));
 * }</pre>
 */
public final class SimulatedFiles implements FileStore {
  private final Map<String, SimulatedContent> names = new TreeMap<>();
  private final Map<String, SimulatedContent> durableNames = new TreeMap<>();
  private final List<NameChange> unsynced = new ArrayList<>();
  private long calls;
  private long crashAt = Long.MAX_VALUE;
  private long bytesMax = Long.MAX_VALUE;
  private long bytesRead;
  private boolean failsSync;
  private boolean failsReads;

  /** A name that came, went, or was given to another file; null content when it went. */
  private interface NameChange {
    void applyTo(Map<String, SimulatedContent> target);
  }

  /** What every call throws from the chosen one on. */
  public static final class Crash extends IOException {
    Crash() {
      super("the simulated machine has crashed");
    }
  }

  /** Calls so far that change a file or a name, or sync: the places where a crash can happen. */
  public synchronized long calls() {
    return calls;
  }

  /** Crashes in the call of this number, counted from 1; its change is unsynced at best. */
  public synchronized void crashAt(long call) {
    crashAt = call;
  }

  /** How much all files together may hold; a write beyond finds the disk full. */
  public synchronized void limitBytes(long bytes) {
    bytesMax = bytes;
  }

  /** The next sync of a file fails and drops what it should have kept. */
  public synchronized void failNextSync() {
    failsSync = true;
  }

  /** Whether reads fail from now on. */
  public synchronized void failReads(boolean fail) {
    failsReads = fail;
  }

  /** Inverts one bit of what is durable and readable, as cold data rots. */
  public synchronized void flipBit(String name, long bit) throws IOException {
    content(name).flipBit(bit);
  }

  public synchronized long bytesRead() {
    return bytesRead;
  }

  public synchronized long size(String name) throws IOException {
    return content(name).size();
  }

  private SimulatedContent content(String name) throws IOException {
    SimulatedContent content = names.get(name);
    if (content == null) {
      throw new FileNotFoundException(name);
    }
    return content;
  }

  /** The files as they are found after the crash, or after one at this moment. */
  public synchronized SimulatedFiles afterCrash(SplittableRandom random) {
    Map<String, SimulatedContent> left = new TreeMap<>(durableNames);
    for (NameChange change : unsynced) {
      if (random.nextBoolean()) {
        change.applyTo(left);
      }
    }
    SimulatedFiles found = new SimulatedFiles();
    left.forEach((name, content) -> found.names.put(name, content.afterCrash(random)));
    found.durableNames.putAll(found.names);
    return found;
  }

  /** Counts a call that matters; the one that crashes has been done as far as unsynced goes. */
  private void count() throws IOException {
    calls++;
    if (calls >= crashAt) {
      throw new Crash();
    }
  }

  private void ensureRunning() throws IOException {
    if (calls >= crashAt) {
      throw new Crash();
    }
  }

  private void change(NameChange change) throws IOException {
    change.applyTo(names);
    unsynced.add(change);
    count();
  }

  @Override
  public synchronized List<String> list() throws IOException {
    ensureRunning();
    return List.copyOf(names.keySet());
  }

  @Override
  public synchronized StoreFile open(String name) throws IOException {
    ensureRunning();
    if (!names.containsKey(name)) {
      SimulatedContent created = new SimulatedContent();
      change(target -> target.put(name, created));
    }
    return new Opened(name, content(name));
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    ensureRunning();
    SimulatedContent moved = content(from);
    change(
        target -> {
          target.remove(from);
          target.put(to, moved);
        });
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    ensureRunning();
    content(name);
    change(target -> target.remove(name));
  }

  @Override
  public synchronized void sync() throws IOException {
    ensureRunning();
    count();
    unsynced.clear();
    durableNames.clear();
    durableNames.putAll(names);
  }

  @Override
  public void close() {}

  private void ensureRoom(SimulatedContent changed, long end) throws IOException {
    long used = names.values().stream().mapToLong(SimulatedContent::size).sum();
    if (used + Math.max(0, end - changed.size()) > bytesMax) {
      throw new IOException("No space left on device");
    }
  }

  /** A file somebody has open. */
  private final class Opened implements StoreFile {
    private final String name;
    private final SimulatedContent content;
    private boolean closed;

    Opened(String name, SimulatedContent content) {
      this.name = name;
      this.content = content;
    }

    private void ensureOpen() throws IOException {
      ensureRunning();
      if (closed) {
        throw new ClosedFileException(name);
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (SimulatedFiles.this) {
        ensureOpen();
        return content.size();
      }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      synchronized (SimulatedFiles.this) {
        ensureOpen();
        if (failsReads) {
          throw new IOException("Input/output error");
        }
        int got = content.read(target, position);
        bytesRead += got;
        return got;
      }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      synchronized (SimulatedFiles.this) {
        ensureOpen();
        ensureRoom(content, position + source.remaining());
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        content.write(bytes, (int) position);
        count();
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (SimulatedFiles.this) {
        ensureOpen();
        content.truncate((int) size);
        count();
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (SimulatedFiles.this) {
        ensureOpen();
        count();
        if (failsSync) {
          failsSync = false;
          content.dropUnsynced();
          throw new IOException("Input/output error");
        }
        content.sync();
      }
    }

    @Override
    public void close() {
      synchronized (SimulatedFiles.this) {
        closed = true;
      }
    }
  }
}
