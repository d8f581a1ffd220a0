package dev.klay.core.service;

import dev.klay.core.account.Account;
import dev.klay.core.block.Block;
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
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.FinalityProof;
import dev.klay.crypto.proof.SealRule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;

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
  private final BlockSimulations simulations;
  private final Executor executor;
  private final ReceiptWaiters waiters = new ReceiptWaiters();
  private volatile boolean closed;

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
    this.simulations = new BlockSimulations(chain);
    this.executor = executor;
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
    return answer(() -> number(ref).flatMap(this::view));
  }

  private Optional<Long> number(BlockRef ref) {
    if (ref instanceof BlockRef.Number number) {
      return Optional.of(number.number());
    }
    if (ref instanceof BlockRef.ByHash byHash) {
      return chain.store().numberOf(byHash.hash());
    }
    return Optional.of(chain.head().number());
  }

  private Optional<BlockView> view(long number) {
    return chain.store().block(number).map(this::view);
  }

  private BlockView view(StoredBlock stored) {
    Block block = stored.block();
    if (block.number() == 0) {
      return new BlockView(
          block, "genesis", Address.ZERO, stored.supply(), new Finality(Optional.empty()));
    }
    Address author = block.author();
    String name = chain.spec().validatorName(author).orElse(author.toString());
    return new BlockView(block, name, author, stored.supply(), finality(block));
  }

  /** A chain of Klaytn's own is final by its source; its seals bind no chain. */
  private Finality finality(Block block) {
    if (block.number() == 0 || chain.spec().sealRule() != SealRule.KLAY_QBFT) {
      return new Finality(Optional.empty());
    }
    FinalityProof proof = new FinalityProof(chain.genesisHash(), block.header().encode());
    return new Finality(Optional.of(proof));
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

  private WorldState state(BlockRef ref) {
    ChainHead head = chain.head();
    if (ref instanceof BlockRef.Tag) {
      return head.state();
    }
    return number(ref)
        .flatMap(chain.store()::state)
        .orElseThrow(() -> new UnknownBlockException("no state is kept for " + ref));
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
    return answer(() -> simulations.at(number(ref), overrides).run(call));
  }

  /** Runs in the caller's thread, several times as long as a call. */
  @Override
  public CompletableFuture<GasEstimate> estimateGas(Call call, BlockRef ref, Overrides overrides) {
    return answer(() -> simulations.at(number(ref), overrides).estimateGas(call));
  }

  @Override
  public CompletableFuture<CreatedAccessList> createAccessList(
      Call call, BlockRef ref, Overrides overrides) {
    return answer(() -> simulations.at(number(ref), overrides).createAccessList(call));
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
    return chain.store().senderTransaction(hash).map(this::receiptAt);
  }

  private Receipt receiptAt(TxLocation location) {
    StoredBlock stored = chain.store().block(location.blockNumber()).orElseThrow();
    return receiptOf(stored, location.index());
  }

  private Receipt receiptOf(StoredBlock stored, int index) {
    Block block = stored.block();
    return new Receipt(
        stored.executed().get(index), block.number(), block.hash(), index, finality(block));
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
                .map(this::receiptAt)
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
    // Looked up after registering, so that an import in between is not missed.
    find(transaction).ifPresent(future::complete);
    return future;
  }

  @Override
  public Flow.Publisher<BlockView> blocks(long fromNumber) {
    return publisher.from(fromNumber);
  }

  @Override
  public void imported(ChainHead head, StoredBlock stored) {
    if (!waiters.isEmpty()) {
      for (int i = 0; i < stored.executed().size(); i++) {
        complete(stored, i);
      }
    }
    publisher.wake();
  }

  @Override
  public void replaced(ChainHead head) {
    publisher.rewind(head.number());
  }

  private void complete(StoredBlock stored, int index) {
    Hash hash = stored.executed().get(index).transaction().hash();
    for (CompletableFuture<Receipt> future : waiters.of(hash)) {
      executor.execute(() -> future.complete(receiptOf(stored, index)));
    }
  }

  /** Ends subscriptions and fails whoever still waits. */
  @Override
  public void close() {
    closed = true;
    chain.removeListener(this);
    publisher.close();
    waiters.close();
  }

  private static <T> CompletableFuture<T> answer(Supplier<T> read) {
    try {
      return CompletableFuture.completedFuture(read.get());
    } catch (KlayException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
