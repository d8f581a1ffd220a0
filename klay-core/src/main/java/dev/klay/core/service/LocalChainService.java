package dev.klay.core.service;

import dev.klay.core.account.Account;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.CreatedAccessList;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.call.Overrides;
import dev.klay.core.call.Simulation;
import dev.klay.core.config.Fork;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The service over a chain and a pool of this JVM. Reads run in the caller's thread on immutable
 * values; nothing waits for an import.
 */
public final class LocalChainService implements ChainService, Chain.Listener, AutoCloseable {
  private static final int HISTORY_MAX = 1000;

  private final Chain chain;
  private final TxPool pool;
  private final Function<SignedTx, Optional<Rejection>> submission;
  private final BlockPublisher publisher;
  private final ChainReads reads;
  private final Executor executor;
  private final ReceiptWaiters waiters = new ReceiptWaiters();
  private volatile boolean closed;
  private volatile Optional<String> refusal = Optional.empty();

  /** The last block that the pool follows, too: it listens to the chain before this does. */
  private volatile long followed;

  /**
   * A service that hands submitted transactions on.
   *
   * @param submission takes a transaction into the pool and tells others; says why not
   * @param executor runs one task after the other: calls subscribers and whoever awaits a receipt
   */
  public LocalChainService(
      Chain chain,
      TxPool pool,
      Function<SignedTx, Optional<Rejection>> submission,
      Executor executor) {
    this.chain = chain;
    this.pool = pool;
    this.submission = submission;
    this.publisher = new BlockPublisher(this::view, executor);
    this.reads = new ChainReads(chain);
    this.executor = executor;
    this.followed = chain.head().number();
    chain.addListener(this);
  }

  @Override
  public ChainInfo info() {
    return new ChainInfo(chain.spec(), chain.genesisHash());
  }

  @Override
  public CompletableFuture<Long> height() {
    return answer(() -> chain.head().number());
  }

  @Override
  public CompletableFuture<Optional<BlockView>> block(BlockRef ref) {
    return answer(() -> reads.block(ref).map(reads::view));
  }

  private Optional<BlockView> view(long number) {
    return chain.store().block(number).map(reads::view);
  }

  @Override
  public CompletableFuture<Optional<Account>> account(Address address, BlockRef ref) {
    return answer(() -> state(ref).account(address));
  }

  @Override
  public CompletableFuture<Amount> balance(Address address, BlockRef ref) {
    return answer(() -> state(ref).balance(address));
  }

  @Override
  public CompletableFuture<Long> nonce(Address address, BlockRef ref) {
    return answer(
        () -> ref.equals(BlockRef.PENDING) ? pool.nextNonce(address) : state(ref).nonce(address));
  }

  @Override
  public CompletableFuture<Bytes> code(Address address, BlockRef ref) {
    return answer(() -> state(ref).code(address).bytes());
  }

  @Override
  public CompletableFuture<UInt256> storageAt(Address address, UInt256 slot, BlockRef ref) {
    return answer(() -> state(ref).storage(address, slot));
  }

  @Override
  public CompletableFuture<AccountProof> proof(Address address, List<UInt256> slots, BlockRef ref) {
    return answer(() -> reads.proof(address, slots, ref));
  }

  private WorldState state(BlockRef ref) {
    return reads.state(ref);
  }

  @Override
  public CompletableFuture<List<LogView>> logs(LogFilter filter) {
    return answer(() -> reads.logs(filter));
  }

  @Override
  public CompletableFuture<Optional<List<Receipt>>> receipts(BlockRef ref) {
    return answer(() -> reads.block(ref).map(this::receipts));
  }

  private List<Receipt> receipts(StoredBlock stored) {
    return IntStream.range(0, stored.executed().size())
        .mapToObj(index -> reads.receipt(stored, index))
        .toList();
  }

  @Override
  public CompletableFuture<FeeHistory> feeHistory(
      int blocks, BlockRef newest, List<Double> percentiles) {
    if (blocks < 0 || percentiles.size() > FeeHistory.PERCENTILES_MAX) {
      throw new IllegalArgumentException(
          "0 or more blocks and at most " + FeeHistory.PERCENTILES_MAX + " percentiles");
    }
    return answer(() -> reads.feeHistory(blocks, newest, percentiles));
  }

  @Override
  public CompletableFuture<PoolCounts> poolCounts() {
    return answer(() -> new PoolCounts(pool.readyCount(), pool.queuedCount()));
  }

  /** With equal bounds of the base fee the price is that fee, else twice it, as Klaytn. */
  @Override
  public CompletableFuture<Amount> gasPrice() {
    return answer(
        () -> {
          ChainHead head = chain.head();
          var rules = chain.rulesAfter(head);
          if (!rules.has(Fork.MAGMA)) {
            return rules.parameters().unitPrice();
          }
          Amount baseFee = chain.nextBaseFee(head);
          var bounds = rules.parameters().baseFee();
          return bounds.lowerBound().equals(bounds.upperBound()) ? baseFee : baseFee.times(2);
        });
  }

  /** Runs in the caller's thread, for as long as {@link Simulation#GAS_MAX} allows. */
  @Override
  public CompletableFuture<CallResult> call(Call call, BlockRef ref, Overrides overrides) {
    return answer(() -> simulation(ref, overrides).run(call));
  }

  /** Runs in the caller's thread, several times as long as a call. */
  @Override
  public CompletableFuture<GasEstimate> estimateGas(Call call, BlockRef ref, Overrides overrides) {
    return answer(() -> simulation(ref, overrides).estimateGas(call));
  }

  @Override
  public CompletableFuture<CreatedAccessList> createAccessList(
      Call call, BlockRef ref, Overrides overrides) {
    return answer(() -> simulation(ref, overrides).createAccessList(call));
  }

  private Simulation simulation(BlockRef ref, Overrides overrides) {
    return reads.simulation(ref, overrides, Simulation.GAS_MAX);
  }

  @Override
  public CompletableFuture<Amount> supply() {
    return answer(() -> chain.head().supply());
  }

  @Override
  public CompletableFuture<Optional<TxView>> transaction(Hash hash) {
    return answer(
        () ->
            find(hash)
                .map(receipt -> new TxView(receipt.transaction(), Optional.of(receipt)))
                .or(() -> pool.find(hash).map(tx -> new TxView(tx, Optional.empty()))));
  }

  @Override
  public CompletableFuture<Optional<Receipt>> receipt(Hash hash) {
    return answer(() -> find(hash));
  }

  private Optional<Receipt> find(Hash hash) {
    return chain.store().senderTransaction(hash).map(reads::receipt);
  }

  @Override
  public CompletableFuture<List<Receipt>> history(
      Address account, Optional<TxLocation> before, int limit) {
    if (limit < 1 || limit > HISTORY_MAX) {
      throw new IllegalArgumentException("1 to " + HISTORY_MAX + " transactions, not " + limit);
    }
    return answer(
        () ->
            chain.store().transactionsOf(account, before, limit).stream()
                .map(reads::receipt)
                .toList());
  }

  @Override
  public CompletableFuture<List<SignedTx>> waiting(Address sender) {
    return answer(() -> pool.ofSender(sender));
  }

  @Override
  public CompletableFuture<Hash> submit(SignedTx transaction) {
    return answer(
        () -> {
          Optional<Rejection> no =
              closed
                  ? Optional.of(Rejection.of(RejectionReason.CLOSED))
                  : submission.apply(transaction);
          if (no.isPresent()) {
            throw new TransactionRejectedException(transaction.hash(), no.orElseThrow());
          }
          return transaction.hash();
        });
  }

  @Override
  public CompletableFuture<Receipt> awaitFinal(Hash transaction) {
    CompletableFuture<Receipt> future = waiters.add(transaction);
    // Looked up after registering, so that an import in between is not missed. A block that the
    // pool does not follow yet is told of in a moment: who is told may send the next transaction.
    find(transaction).filter(r -> r.blockNumber() <= followed).ifPresent(future::complete);
    return future;
  }

  @Override
  public Flow.Publisher<BlockView> blocks(long fromNumber) {
    return publisher.from(fromNumber);
  }

  @Override
  public void imported(ChainHead head, StoredBlock stored) {
    followed = stored.block().number();
    if (!waiters.isEmpty()) {
      for (int i = 0; i < stored.executed().size(); i++) {
        complete(stored, i);
      }
    }
    publisher.wake();
  }

  @Override
  public void replaced(ChainHead head) {
    followed = head.number();
    publisher.rewind(head.number());
  }

  private void complete(StoredBlock stored, int index) {
    Hash hash = stored.executed().get(index).transaction().hash();
    for (CompletableFuture<Receipt> future : waiters.of(hash)) {
      executor.execute(() -> future.complete(reads.receipt(stored, index)));
    }
  }

  /** Reads for whoever serves this chain further. */
  public ChainReads reads() {
    return reads;
  }

  /** Ends subscriptions and fails whoever still waits. */
  @Override
  public void close() {
    closed = true;
    chain.removeListener(this);
    publisher.close();
    waiters.close();
  }

  /**
   * Ends as {@link #close} does, and refuses to read any more: what is here can no longer be
   * trusted.
   *
   * @param why is told to whoever asks
   */
  public void stopServing(String why) {
    refusal = Optional.of(why);
    close();
  }

  private <T> CompletableFuture<T> answer(Supplier<T> read) {
    Optional<String> refused = refusal;
    if (refused.isPresent()) {
      return CompletableFuture.failedFuture(new ChainUnavailableException(refused.orElseThrow()));
    }
    try {
      return CompletableFuture.completedFuture(read.get());
    } catch (KlayException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
