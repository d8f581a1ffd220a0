package dev.klay.core.storage.disk;

import dev.klay.core.state.StoredStates;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.ChainIdentity;
import dev.klay.core.storage.ChainStore;
import dev.klay.core.storage.CorruptStoreException;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.StateNotKeptException;
import dev.klay.core.storage.StorageFailedException;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.trie.NodeCache;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A chain in the files of one directory. {@link #append} returns once the block is durable, in this
 * order: the new nodes of its state, synced; new codes, body and meta in one write, synced; the
 * head pointer; and only then the block is seen by readers. What a crash leaves of an unfinished
 * block is cut off at the next opening ({@link Recovery}).
 *
 * <p>Memory: nodes and blocks in caches take at most the budget; the index up to 16 MiB more; the
 * block being appended comes on top. All else stays in the files.
 */
public final class DiskChainStore implements ChainStore {
  /** Share of the budget for whole blocks; nodes have the rest. */
  private static final int BLOCKS_SHARE = 8;

  /** Files of the state log deleted with one block, at most. */
  private static final int DELETED_MAX = 2;

  private final FileStore files;
  private final SegmentLog blocks;
  private final SegmentLog states;
  private final HeadFile headFile;
  private final Index index;
  private final BlockRecords records;
  private final Codes codes;
  private final StoredStates trees;
  private final NodeCache nodeCache;
  private final BlockCache blockCache;
  private final Window window;
  private final String manifest;

  private volatile @Nullable Head head;

  /** Guarded by this. */
  private long newNodesBefore;

  private int backups;
  private volatile @Nullable StorageFailedException failure;
  private volatile boolean closed;

  private record Head(BlockMeta meta, WorldState state) {}

  private DiskChainStore(
      FileStore files,
      ChainIdentity chain,
      Retention retention,
      StoreLimits limits,
      String manifest)
      throws IOException {
    this.files = files;
    this.manifest = manifest;
    headFile = HeadFile.open(files);
    blocks = SegmentLog.open(files, Schema.BLOCKS, limits.segmentBytes());
    states = SegmentLog.open(files, Schema.STATES, limits.segmentBytes());
    index = Index.open(files, limits.checkpointBlocks(), headFile.head().number());
    records = new BlockRecords(chain.sealRule());
    codes = new Codes(blocks, index);
    long forBlocks = limits.memoryBytes() / BLOCKS_SHARE;
    blockCache = new BlockCache(forBlocks);
    nodeCache = new NodeCache(limits.memoryBytes() - forBlocks);
    trees = new StoredStates(this::node, nodeCache, codes);
    window = new Window(retention, limits.segmentBytes(), this::timestampOf);
    Optional<BlockMeta> last = new Recovery(blocks, states, headFile, index, records).run();
    if (last.isPresent()) {
      head = new Head(last.orElseThrow(), trees.open(last.orElseThrow().root()));
      checkHead();
    }
  }

  /**
   * Opens the store in these files, or makes one if they hold none.
   *
   * @param files belong to the store from here on, also if this fails
   * @throws dev.klay.core.storage.ForeignStoreException if the store is of another format or chain
   * @throws CorruptStoreException if durable data is damaged
   * @throws StorageFailedException if the files cannot be read or written
   */
  public static DiskChainStore open(
      FileStore files, ChainIdentity chain, Retention retention, StoreLimits limits) {
    boolean opened = false;
    try {
      String manifest = Manifest.check(files, chain);
      DiskChainStore store = new DiskChainStore(files, chain, retention, limits, manifest);
      opened = true;
      return store;
    } catch (IOException e) {
      throw new StorageFailedException("the store could not be opened", e);
    } finally {
      if (!opened) {
        closeAfterFailure(files);
      }
    }
  }

  private static void closeAfterFailure(FileStore files) {
    try {
      files.close();
    } catch (IOException e) {
      throw new StorageFailedException("the store was not opened, nor could it be closed", e);
    }
  }

  /** Whether header and state of the last block fit; both were read from their own log. */
  private void checkHead() {
    Head now = head;
    if (now != null) {
      Hash root = block(now.meta().number()).orElseThrow().block().header().stateRoot();
      if (!root.equals(now.state().rootHash())) {
        throw new CorruptStoreException("the last block and its state do not belong together");
      }
      now.meta().root().ifPresent(ref -> node(ref.id()));
    }
  }

  @Override
  public synchronized void append(StoredBlock block, WorldState state) {
    ensureWritable();
    long number = block.block().number();
    if (number != lastNumber() + 1) {
      throw new IllegalArgumentException("block " + number + " does not follow " + lastNumber());
    }
    boolean durable = false;
    try {
      int entries = write(block, state);
      durable = true;
      tidy(number, entries);
    } catch (IOException e) {
      StorageFailedException failed = fail(e);
      if (!durable) {
        throw failed;
      } // else the block counts, and the next one will be told
    } catch (RuntimeException e) {
      failure = new StorageFailedException("writing stopped at block " + number, e);
      if (!durable) {
        throw e;
      }
    }
  }

  private void ensureWritable() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    StorageFailedException failed = failure;
    if (failed != null) {
      throw new StorageFailedException(
          "the store takes no more blocks since a write failed", failed);
    }
  }

  private StorageFailedException fail(IOException e) {
    StorageFailedException failed =
        new StorageFailedException(
            "writing behind block " + lastNumber() + " failed; blocks up to it are durable", e);
    failure = failed;
    return failed;
  }

  /** Makes the block durable and then visible; returns how many index entries it made. */
  private int write(StoredBlock block, WorldState state) throws IOException {
    Optional<BlockMeta> parent = Optional.ofNullable(head).map(Head::meta);
    long sweepBelow = window.sweepBelow(parent);
    StateWriting writing = new StateWriting(states, sweepBelow, newNodesBefore);
    StoredStates.Saved saved = trees.save(state, writing);
    states.sync();

    List<byte[]> entries = codes.append();
    long body = blocks.append(records.encode(block));
    BlockMeta meta =
        window.meta(block.block().header(), body, states.end(), saved.root(), parent, sweepBelow);
    long position = blocks.append(meta.encode());
    blocks.sync();
    headFile.move(new HeadFile.Head(meta.number(), position, blocks.end()));

    entries.addAll(
        BlockEntries.of(
            block,
            block.executed().stream().map(e -> e.transaction().sender()).toList(),
            position));
    entries.forEach(index::add);
    blockCache.put(block);
    head = new Head(meta, saved.state());
    newNodesBefore = writing.newNodes();
    return entries.size();
  }

  /** What need not be done, but now and then: the index to files, old files away. */
  private void tidy(long number, int entries) throws IOException {
    if (index.isFull(number)) {
      headFile.sync();
      index.save(number, blocks.end());
    }
    index.work(entries, backups == 0);
    Head now = head;
    if (backups == 0 && now != null) {
      long needed = meta(now.meta().oldestState()).map(BlockMeta::oldestNeeded).orElse(0L);
      states.deleteBelow(needed, DELETED_MAX);
    }
  }

  @Override
  public long lastNumber() {
    Head now = head;
    return now == null ? -1 : now.meta().number();
  }

  /** The number of the first block whose state is kept. */
  public long oldestState() {
    Head now = head;
    return now == null ? 0 : now.meta().oldestState();
  }

  /** Heap that cached nodes and blocks take, by an estimate that is above what they do take. */
  public long cachedBytes() {
    return nodeCache.usedBytes() + blockCache.usedBytes();
  }

  /** Bytes of the files that hold states. */
  public synchronized long stateFileBytes() {
    return states.sizeBytes();
  }

  @Override
  public Optional<StoredBlock> block(long number) {
    if (number < 0 || number > lastNumber()) {
      return Optional.empty();
    }
    return Optional.of(blockCache.get(number).orElseGet(() -> load(number)));
  }

  private StoredBlock load(long number) {
    try {
      long body = meta(number).orElseThrow().body();
      byte[] record = blocks.read(body);
      StoredBlock stored = records.decode(record).stored();
      blockCache.put(stored);
      return stored;
    } catch (IOException e) {
      throw unreadable("block " + number, e);
    }
  }

  private Optional<BlockMeta> meta(long number) throws IOException {
    OptionalLong position = index.find(IndexEntry.numberKey(number), IndexEntry.NUMBER);
    if (position.isEmpty()) {
      throw new CorruptStoreException("block " + number + " is not in the index");
    }
    return Optional.of(BlockMeta.decode(blocks.read(position.getAsLong())));
  }

  private long timestampOf(long number) throws IOException {
    return meta(number).orElseThrow().timestampMillis();
  }

  private static StorageFailedException unreadable(String what, IOException e) {
    return new StorageFailedException(what + " could not be read", e);
  }

  private byte[] node(long id) {
    try {
      return states.read(id);
    } catch (ClosedFileException e) {
      throw new StateNotKeptException("node " + id + " is no longer kept, or the store is closed");
    } catch (IOException e) {
      throw unreadable("node " + id, e);
    }
  }

  @Override
  public Optional<Long> numberOf(Hash blockHash) {
    return find(blockHash, IndexEntry.BLOCK).filter(number -> number <= lastNumber());
  }

  @Override
  public Optional<TxLocation> transaction(Hash txHash) {
    return location(txHash, IndexEntry.TRANSACTION);
  }

  @Override
  public Optional<TxLocation> senderTransaction(Hash senderTxHash) {
    return location(senderTxHash, IndexEntry.SENDER_TRANSACTION)
        .or(() -> transaction(senderTxHash));
  }

  private Optional<TxLocation> location(Hash hash, int kind) {
    return find(hash, kind)
        .map(IndexEntry::location)
        .filter(place -> place.blockNumber() <= lastNumber());
  }

  private Optional<Long> find(Hash key, int kind) {
    try {
      OptionalLong found = index.find(key.unsafeArray(), kind);
      return found.isPresent() ? Optional.of(found.getAsLong()) : Optional.empty();
    } catch (IOException e) {
      throw unreadable("the index", e);
    }
  }

  @Override
  public Optional<WorldState> state(long number) {
    Head now = head;
    if (now == null || number < now.meta().oldestState() || number > now.meta().number()) {
      return Optional.empty();
    }
    if (number == now.meta().number()) {
      return Optional.of(now.state());
    }
    try {
      return meta(number).map(BlockMeta::root).map(trees::open);
    } catch (IOException e) {
      throw unreadable("state " + number, e);
    }
  }

  @Override
  public List<TxLocation> transactionsOf(Address account, Optional<TxLocation> before, int limit) {
    try {
      TxLocation end = before.orElse(new TxLocation(lastNumber() + 1, 0));
      return index.transactionsOf(account, end, limit);
    } catch (IOException e) {
      throw unreadable("the index", e);
    }
  }

  @Override
  public List<Long> ballots() {
    try {
      List<Long> found =
          index.findDescending(
              BlockEntries.ballotKey(), IndexEntry.BALLOT, lastNumber() + 1, Integer.MAX_VALUE);
      return found.stream().sorted().toList();
    } catch (IOException e) {
      throw unreadable("the index", e);
    }
  }

  /**
   * Writes a checksummed copy of everything that is durable now, while blocks are appended. Files
   * that would be deleted meanwhile stay until it is done. {@link Backup} restores it.
   *
   * @throws StorageFailedException if reading or the stream fails; the store is as it was
   */
  public void backup(OutputStream target) {
    Backup backup;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the store is closed");
      }
      backups++;
      backup = Backup.of(manifest, headFile.head(), blocks, states, statesEnd(), index);
    }
    try {
      backup.writeTo(target);
    } catch (IOException e) {
      throw new StorageFailedException("the backup is not complete; discard it", e);
    } finally {
      synchronized (this) {
        backups--;
      }
    }
  }

  private long statesEnd() {
    Head now = head;
    return now == null ? 0 : now.meta().statesEnd();
  }

  /** Closes all files. A state that was read from here can be read no more. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (failure == null && head != null) {
        headFile.sync();
        index.save(lastNumber(), blocks.end());
      }
    } catch (IOException e) {
      fail(e); // opening reads what the index now lacks from the blocks
    } finally {
      release();
    }
  }

  private void release() {
    try {
      index.close();
      files.close();
    } catch (IOException e) {
      throw new StorageFailedException("the files could not be closed; all blocks are durable", e);
    }
  }
}
