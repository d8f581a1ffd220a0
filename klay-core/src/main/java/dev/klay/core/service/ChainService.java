package dev.klay.core.service;

import dev.klay.core.account.Account;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallRefusedException;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.CreatedAccessList;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.call.Overrides;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * A chain, wherever it runs. Every method may be called by any thread and returns at once; answers
 * come as futures. A future fails with {@link UnknownBlockException} where a block or its state is
 * not there, and with {@link dev.klay.crypto.KlayException} if the chain cannot be reached.
 */
public interface ChainService extends ChainAccess {
  @Override
  default ChainService service() {
    return this;
  }

  ChainInfo info();

  /** The number of the last final block. */
  CompletableFuture<Long> height();

  /** A block; empty if there is none of that number or hash. */
  CompletableFuture<Optional<BlockView>> block(BlockRef ref);

  /** The account after a block; empty if it does not exist. */
  CompletableFuture<Optional<Account>> account(Address address, BlockRef ref);

  /** What the account owns after a block. */
  CompletableFuture<Amount> balance(Address address, BlockRef ref);

  /**
   * The nonce of the account's next transaction: after a block, or with {@link BlockRef#PENDING}
   * behind what waits in the pool.
   */
  CompletableFuture<Long> nonce(Address address, BlockRef ref);

  /** The code of the account after a block, empty if it has none. */
  CompletableFuture<Bytes> code(Address address, BlockRef ref);

  /** The word in a slot of the account's storage after a block, zero if it was never written. */
  CompletableFuture<UInt256> storageAt(Address address, UInt256 slot, BlockRef ref);

  /** The account after a block with proofs of it and of these slots (EIP-1186). */
  CompletableFuture<AccountProof> proof(Address address, List<UInt256> slots, BlockRef ref);

  /**
   * Logs in the order of the chain. Fails with {@link LogQueryTooWideException} if the range has
   * more than {@link LogFilter#BLOCKS_MAX} blocks or more than {@link LogFilter#RESULTS_MAX} logs
   * match, with {@link UnknownBlockException} if the one block is not on the chain. A range may
   * reach behind the head, where there is nothing yet.
   */
  CompletableFuture<List<LogView>> logs(LogFilter filter);

  /** All receipts of a block, in its order; empty if there is no such block. */
  CompletableFuture<Optional<List<Receipt>>> receipts(BlockRef ref);

  /**
   * What gas cost in so many blocks up to one.
   *
   * @param blocks at most {@link FeeHistory#BLOCKS_MAX} are looked at
   * @param percentiles 0 to 100, ascending, at most {@link FeeHistory#PERCENTILES_MAX}; empty to
   *     ask for none
   */
  CompletableFuture<FeeHistory> feeHistory(int blocks, BlockRef newest, List<Double> percentiles);

  /** How many transactions wait in the pool. */
  CompletableFuture<PoolCounts> poolCounts();

  /** What a transaction should offer for a unit of gas now. */
  CompletableFuture<Amount> gasPrice();

  /**
   * Runs a call on the state after a block, as if it were in that block. Nothing on the chain
   * changes. A call that reverts or halts is an answer; one that cannot even start fails with
   * {@link CallRefusedException}.
   */
  CompletableFuture<CallResult> call(Call call, BlockRef ref, Overrides overrides);

  /** {@link #call(Call, BlockRef, Overrides) The same} on the state as it is. */
  default CompletableFuture<CallResult> call(Call call, BlockRef ref) {
    return call(call, ref, Overrides.NONE);
  }

  /**
   * The gas limit that a transaction like this needs on the state after a block, or what it fails
   * with. Fails with {@link CallRefusedException} if no limit can be afforded.
   */
  CompletableFuture<GasEstimate> estimateGas(Call call, BlockRef ref, Overrides overrides);

  /** {@link #estimateGas(Call, BlockRef, Overrides) The same} on the state as it is. */
  default CompletableFuture<GasEstimate> estimateGas(Call call, BlockRef ref) {
    return estimateGas(call, ref, Overrides.NONE);
  }

  /**
   * What a call touches on the state after a block, as an access list (EIP-2930), and what it comes
   * to with that list. Fails with {@link CallRefusedException} if it cannot even start.
   */
  CompletableFuture<CreatedAccessList> createAccessList(
      Call call, BlockRef ref, Overrides overrides);

  /** {@link #createAccessList(Call, BlockRef, Overrides) The same} on the state as it is. */
  default CompletableFuture<CreatedAccessList> createAccessList(Call call, BlockRef ref) {
    return createAccessList(call, ref, Overrides.NONE);
  }

  /** All KLAY there is after the last block: genesis plus minted minus burnt. */
  CompletableFuture<Amount> supply();

  /** A transaction by its hash, or by its hash without the fee payer's signature. */
  CompletableFuture<Optional<TxView>> transaction(Hash hash);

  /** The receipt of a final transaction; empty while it waits or if it is unknown. */
  CompletableFuture<Optional<Receipt>> receipt(Hash hash);

  /**
   * Final transactions that the account sent, received or paid for, newest first.
   *
   * @param before only those in front of this place, for the next page; empty for the newest
   * @param limit most that are returned, 1 to 1,000
   */
  CompletableFuture<List<Receipt>> history(Address account, Optional<TxLocation> before, int limit);

  /** Transactions of the sender that wait in the pool, by nonce. */
  CompletableFuture<List<SignedTx>> waiting(Address sender);

  /**
   * Hands a transaction to the chain.
   *
   * @return its hash once the pool took it; fails with {@link TransactionRejectedException}
   */
  CompletableFuture<Hash> submit(SignedTx transaction);

  /**
   * The receipt as soon as the transaction is final. Waits for ever unless the caller sets a limit
   * ({@code orTimeout}) or cancels.
   */
  CompletableFuture<Receipt> awaitFinal(Hash transaction);

  /**
   * Every block from this number on, in order, none lost and none twice, at the subscriber's pace.
   * To resume, subscribe from the number behind the last one seen.
   */
  Flow.Publisher<BlockView> blocks(long fromNumber);
}
