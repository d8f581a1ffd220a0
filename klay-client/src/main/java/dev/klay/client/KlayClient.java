package dev.klay.client;

import dev.klay.client.faucet.Faucet;
import dev.klay.client.rpc.RemoteChainService;
import dev.klay.client.rpc.RemoteOptions;
import dev.klay.client.signer.KeyRing;
import dev.klay.client.signer.Signer;
import dev.klay.core.call.Call;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.explorer.Explorer;
import dev.klay.core.service.Await;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainAccess;
import dev.klay.core.service.ChainInfo;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TxView;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What an application uses of a chain. Blocking calls; those with {@code Async} in their names
 * return at once. Errors are subclasses of {@link dev.klay.crypto.KlayException}. Safe for any
 * thread. One of {@link #connect} owns its connections and is to be closed; one of {@link #of} owns
 * nothing.
 *
 * <pre>{@code
 * KlayClient client = KlayClient.of(network);
 * client.faucet().drip(me.address());
 * Receipt paid = client.account(key).send(friend, Amount.klay("1.5"));
 * }</pre>
 */
public final class KlayClient implements ChainAccess, AutoCloseable {
  private static final Duration FINAL_TIMEOUT = Duration.ofSeconds(60);

  private final ChainService service;
  private final NonceLanes nonces;

  private final Runnable closing;

  private KlayClient(ChainService service, Runnable closing) {
    this.service = service;
    this.nonces = new NonceLanes(service);
    this.closing = closing;
  }

  /** A client of a node, a network or any other chain. */
  public static KlayClient of(ChainAccess access) {
    return new KlayClient(access.service(), () -> {});
  }

  /**
   * A client of a node that is somewhere else, by JSON-RPC; close it.
   *
   * @param url http, https, ws or wss; over a WebSocket the node tells of new blocks, else it is
   *     asked
   * @throws dev.klay.core.service.ChainUnavailableException if the node does not answer
   * @throws IllegalArgumentException if the URL is none of these
   */
  public static KlayClient connect(String url) {
    return connect(url, RemoteOptions.DEFAULT);
  }

  /** As {@link #connect(String)}, with a token or other times. */
  public static KlayClient connect(String url, RemoteOptions options) {
    RemoteChainService remote = RemoteChainService.connect(url, options);
    return new KlayClient(remote, remote::close);
  }

  @Override
  public ChainService service() {
    return service;
  }

  public ChainInfo info() {
    return service.info();
  }

  /** The number of the last final block. */
  public long height() {
    return Await.of(heightAsync());
  }

  /** See {@link #height}. */
  public CompletableFuture<Long> heightAsync() {
    return service.height();
  }

  public Optional<BlockView> block(BlockRef ref) {
    return Await.of(blockAsync(ref));
  }

  /** See {@link #block}. */
  public CompletableFuture<Optional<BlockView>> blockAsync(BlockRef ref) {
    return service.block(ref);
  }

  public Amount balance(Address address) {
    return balance(address, BlockRef.LATEST);
  }

  /** What the account owned after a block. */
  public Amount balance(Address address, BlockRef ref) {
    return Await.of(balanceAsync(address, ref));
  }

  /** See {@link #balance(Address, BlockRef)}. */
  public CompletableFuture<Amount> balanceAsync(Address address, BlockRef ref) {
    return service.balance(address, ref);
  }

  /** Number of final transactions that the account has sent. */
  public long nonce(Address address) {
    return Await.of(nonceAsync(address));
  }

  /** See {@link #nonce}. */
  public CompletableFuture<Long> nonceAsync(Address address) {
    return service.nonce(address, BlockRef.LATEST);
  }

  /** What the state holds of an account: key, nonce, balance, code; empty if it does not exist. */
  public Optional<dev.klay.core.account.Account> accountState(Address address) {
    return Await.of(accountStateAsync(address));
  }

  /** See {@link #accountState}. */
  public CompletableFuture<Optional<dev.klay.core.account.Account>> accountStateAsync(
      Address address) {
    return service.account(address, BlockRef.LATEST);
  }

  /** What a unit of gas costs now. */
  public Amount gasPrice() {
    return Await.of(gasPriceAsync());
  }

  /** See {@link #gasPrice}. */
  public CompletableFuture<Amount> gasPriceAsync() {
    return service.gasPrice();
  }

  /** All KLAY there is: genesis plus minted minus burnt. */
  public Amount supply() {
    return Await.of(supplyAsync());
  }

  /** See {@link #supply}. */
  public CompletableFuture<Amount> supplyAsync() {
    return service.supply();
  }

  public Optional<TxView> transaction(Hash hash) {
    return Await.of(transactionAsync(hash));
  }

  /** See {@link #transaction}. */
  public CompletableFuture<Optional<TxView>> transactionAsync(Hash hash) {
    return service.transaction(hash);
  }

  /** The receipt of a final transaction; empty while it waits or if it is unknown. */
  public Optional<Receipt> receipt(Hash hash) {
    return Await.of(receiptAsync(hash));
  }

  /** See {@link #receipt}. */
  public CompletableFuture<Optional<Receipt>> receiptAsync(Hash hash) {
    return service.receipt(hash);
  }

  /**
   * Sends a transaction and waits until it is final.
   *
   * @throws dev.klay.core.service.TransactionRejectedException if the chain does not take it
   * @throws NotFinalException if it is not final within a minute
   */
  public Receipt send(SignedTx transaction) {
    return Await.of(sendAsync(transaction));
  }

  /** See {@link #send}. */
  public CompletableFuture<Receipt> sendAsync(SignedTx transaction) {
    return submitAsync(transaction).thenCompose(this::awaitFinalAsync);
  }

  /** Hands the transaction to the chain and does not wait for a block. */
  public CompletableFuture<Hash> submitAsync(SignedTx transaction) {
    return service.submit(transaction);
  }

  /**
   * Waits until a transaction is final.
   *
   * @throws NotFinalException if it is not within a minute
   */
  public Receipt awaitFinal(Hash transaction) {
    return Await.of(awaitFinalAsync(transaction));
  }

  /** See {@link #awaitFinal}. */
  public CompletableFuture<Receipt> awaitFinalAsync(Hash transaction) {
    return service
        .awaitFinal(transaction)
        .orTimeout(FINAL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException
                        ? new NotFinalException(
                            transaction, "after " + FINAL_TIMEOUT.toSeconds() + " s")
                        : failure));
  }

  /** Every block from this number on, in order; see {@link ChainService#blocks}. */
  public Flow.Publisher<BlockView> blocks(long fromNumber) {
    return service.blocks(fromNumber);
  }

  /**
   * Runs a call on the state after the last block; nothing on the chain changes.
   *
   * @return what the code returned
   * @throws Reverted if it did not succeed
   */
  public Bytes call(Call call) {
    return Await.of(callAsync(call, BlockRef.LATEST));
  }

  /** See {@link #call(Call)}; on the state after any block that is kept. */
  public CompletableFuture<Bytes> callAsync(Call call, BlockRef ref) {
    return service
        .call(call, ref)
        .thenCompose(
            result ->
                result.isSuccess()
                    ? CompletableFuture.completedFuture(result.output())
                    : CompletableFuture.failedFuture(Reverted.of(result)));
  }

  /** The gas limit that a transaction like this needs now, or what it fails with. */
  public GasEstimate estimateGas(Call call) {
    return Await.of(estimateGasAsync(call));
  }

  /** See {@link #estimateGas}. */
  public CompletableFuture<GasEstimate> estimateGasAsync(Call call) {
    return service.estimateGas(call, BlockRef.LATEST);
  }

  /**
   * Why a transaction failed: the same call before its block, which is nearly always the reason.
   */
  CompletableFuture<Reverted> failureOf(Receipt failed) {
    SignedTx tx = failed.transaction();
    Call call = new Call(tx.tx(), tx.sender(), tx.feePayer());
    return service
        .call(call, BlockRef.number(failed.blockNumber() - 1))
        .handle((result, unknown) -> Reverted.of(failed, Optional.ofNullable(result)));
  }

  /** What work will cost on this chain. */
  public CostModel costs() {
    return new CostModel(this);
  }

  /** The account of a key, which stays the caller's to close. */
  public Account account(PrivateKey key) {
    return account(Signer.of(key));
  }

  /** The account of a key that is somewhere else. */
  public Account account(Signer signer) {
    return account(signer.publicKey().toAddress(), KeyRing.of(signer));
  }

  /** An account whose key is not, or no longer, the one its address was made from. */
  public Account account(Address address, PrivateKey key) {
    return account(address, KeyRing.of(Signer.of(key)));
  }

  /** An account with several keys. */
  public Account account(Address address, KeyRing keys) {
    return new Account(this, address, keys);
  }

  public Explorer explorer() {
    return new Explorer(service);
  }

  /**
   * The chain's faucet.
   *
   * @throws UnsupportedOperationException if it has none
   */
  public Faucet faucet() {
    return Faucet.of(this);
  }

  /** Ends what {@link #connect} opened; a node that {@link #of} was given goes on. */
  @Override
  public void close() {
    closing.run();
  }

  NonceLanes nonces() {
    return nonces;
  }
}
