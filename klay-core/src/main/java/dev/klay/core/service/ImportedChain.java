package dev.klay.core.service;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.StateOrigin;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.importing.BlockFileImport;
import dev.klay.core.importing.BlockFileReader;
import dev.klay.core.importing.BlockFileWriter;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.CorruptBlockFileException;
import dev.klay.core.importing.CorruptStateFileException;
import dev.klay.core.importing.InvalidBlockException;
import dev.klay.core.importing.StateFileWriter;
import dev.klay.core.storage.Storage;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.core.txpool.TxPool;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A chain that is imported and read here, and continued elsewhere or nowhere: one of Klaytn's, for
 * example, whose validators' keys nobody here has. Any thread may read while another imports.
 *
 * <pre>{@code
 * ChainSpec spec = ChainSpec.klaytn(Genesis.parse(json));
 * try (ImportedChain chain = ImportedChain.open(spec, Storage.inMemory());
 *     InputStream blocks = new BufferedInputStream(Files.newInputStream(path))) {
 *   chain.importBlocks(blocks, progress -> System.out.println(progress.number()));
 *   System.out.println(chain.service().balance(address, BlockRef.LATEST).join());
 * }
 * }</pre>
 */
public final class ImportedChain implements ChainAccess, AutoCloseable {
  private final Chain chain;
  private final TxPool pool;
  private final ExecutorService callbacks;
  private final LocalChainService service;

  private ImportedChain(Chain chain) {
    this.chain = chain;
    ChainHead head = chain.head();
    pool =
        new TxPool(
            PoolLimits.DEFAULT,
            Clock.systemUTC(),
            head.state(),
            chain.rulesAfter(head),
            chain.nextBaseFee(head));
    chain.addListener(
        (newHead, block) ->
            pool.advance(
                newHead.state(),
                chain.rulesAfter(newHead),
                chain.nextBaseFee(newHead),
                block.block().transactions()));
    callbacks = Executors.newSingleThreadExecutor(ImportedChain::newThread);
    service = new LocalChainService(chain, pool, this::refuse, callbacks);
  }

  private static Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "klay-imported-callbacks");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The chain in a storage: as far as it was imported, or its genesis.
   *
   * @throws dev.klay.core.storage.ForeignStoreException if the storage holds another chain
   */
  public static ImportedChain open(ChainSpec spec, Storage storage) {
    return new ImportedChain(Chain.open(spec, storage));
  }

  /** The head is what was imported last. */
  public ChainHead head() {
    return chain.head();
  }

  @Override
  public ChainService service() {
    return service;
  }

  /** The same with what only a chain of this JVM has. */
  public LocalChainService localService() {
    return service;
  }

  /** Judges what is submitted, and keeps nothing. */
  public TxPool pool() {
    return pool;
  }

  /**
   * Imports blocks from Klaytn's export format. Every block is checked and executed wholly; what is
   * here already is skipped, so that a broken import is resumed by doing it again.
   *
   * @param blocks is read as far as the import goes, and closed
   * @param listener is told after each block, in this thread
   * @throws InvalidBlockException at the first block that cannot be the next; those in front of it
   *     are imported
   * @throws CorruptBlockFileException if the file holds something else; as above
   */
  public BlockFileImport.Progress importBlocks(
      InputStream blocks, Consumer<BlockFileImport.Progress> listener) {
    try (BlockFileReader reader = new BlockFileReader(blocks, chain.spec().sealRule())) {
      return new BlockFileImport(chain, listener).run(reader);
    }
  }

  /**
   * Writes blocks in Klaytn's export format, both ends included.
   *
   * @param out is closed
   * @param progress is told the number of each block written
   * @throws IllegalArgumentException if the chain does not have them all
   * @throws CorruptBlockFileException if the stream cannot be written
   */
  public void exportBlocks(OutputStream out, long first, long last, LongConsumer progress) {
    try (BlockFileWriter writer = new BlockFileWriter(out)) {
      writer.write(chain.store(), first, last, progress);
    }
  }

  /**
   * Writes all accounts behind the head, from which another chain can start ({@link
   * ChainSpec#promoted}).
   *
   * @param out stays open
   * @return the block behind which, and what the state comes to
   * @throws CorruptStateFileException if the stream cannot be written
   */
  public StateOrigin exportState(OutputStream out) {
    return StateFileWriter.write(chain.spec(), chain.genesisHash(), chain.head(), out);
  }

  /** What the pool would refuse has the pool's reason, all else that nobody seals here. */
  private Optional<Rejection> refuse(SignedTx tx) {
    Optional<Rejection> refused = pool.addLocal(tx);
    if (refused.isPresent()) {
      return refused;
    }
    pool.remove(List.of(tx));
    return Optional.of(Rejection.of(RejectionReason.READ_ONLY));
  }

  /** Ends the thread and closes the storage. */
  @Override
  public void close() {
    service.close();
    callbacks.shutdownNow();
    chain.close();
  }
}
