package dev.klay.core.txpool;

import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.execution.GasPrices;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.execution.TransactionChecks;
import dev.klay.core.state.StateView;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.InvalidSignatureException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Transactions that wait for a block, first come first served, in nonce order for each account
 * ({@code klaytn-fees.md} section 3). Safe for any thread. Signatures are recovered outside the
 * lock.
 */
public final class TxPool {
  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

  private final PoolLimits limits;
  private final InstantSource clock;
  private final Map<Address, AccountTxs> accounts = new LinkedHashMap<>();
  private final Map<Hash, PooledTx> byHash = new HashMap<>();
  private StateView state;
  private BlockRules rules;
  private Amount baseFee;
  private Instant nextSweep = Instant.MIN;
  private long arrivals;
  private int ready;
  private int queued;

  /** An empty pool before the block that these rules are for. */
  public TxPool(
      PoolLimits limits, InstantSource clock, StateView state, BlockRules rules, Amount baseFee) {
    this.limits = limits;
    this.clock = clock;
    this.state = state;
    this.rules = rules;
    this.baseFee = baseFee;
  }

  /**
   * Takes a transaction in.
   *
   * @return why it was refused, empty if it waits here now
   */
  public Optional<Rejection> add(SignedTx tx) {
    if (tx.encode().size() > limits.sizeMaxBytes()) {
      return refuse(
          RejectionReason.OVERSIZED,
          tx.encode().size() + " bytes, at most " + limits.sizeMaxBytes() + " are allowed");
    }
    if (tx.tx() instanceof AnchoringTx && !limits.anchoringAllowed()) {
      return Optional.of(Rejection.of(RejectionReason.ANCHORING_NOT_ALLOWED));
    }
    recover(tx);
    synchronized (this) {
      return findFault(tx).or(() -> insert(tx));
    }
  }

  /** Recovers the signers, whose failure {@link #findFault} will name. */
  private static void recover(SignedTx tx) {
    try {
      tx.signers();
      tx.feePayerSigners();
    } catch (InvalidSignatureException named) {
      return;
    }
  }

  /** The order is Klaytn's, so that the reason is the one its nodes would give. */
  private Optional<Rejection> findFault(SignedTx signed) {
    Tx tx = signed.tx();
    if (byHash.containsKey(signed.hash())) {
      return refuse(RejectionReason.ALREADY_KNOWN, signed.hash().toString());
    }
    return TransactionChecks.chain(signed, rules)
        .or(() -> TransactionChecks.initCode(tx, rules))
        .or(() -> GasPrices.check(tx, rules, baseFee))
        .or(() -> TransactionChecks.sender(signed, state, rules))
        .or(() -> checkNonce(signed))
        .or(() -> TransactionChecks.feePayer(signed, state, rules))
        .or(() -> TransactionChecks.funds(signed, state, tx.gasPrice()))
        .or(() -> TransactionChecks.gas(signed, state, rules))
        .or(() -> TransactionChecks.type(tx, state, rules));
  }

  /** A nonce may be ahead of the account's, but not behind. */
  private Optional<Rejection> checkNonce(SignedTx signed) {
    return TransactionChecks.nonce(signed, state)
        .filter(rejection -> rejection.reason() == RejectionReason.NONCE_TOO_LOW);
  }

  private Optional<Rejection> insert(SignedTx signed) {
    Address sender = signed.sender();
    AccountTxs account = accounts.get(sender);
    if (account == null) {
      account = new AccountTxs(state.nonce(sender));
    }
    PooledTx old = account.at(signed.tx().nonce());
    Optional<Rejection> fault =
        old == null ? checkRoom(account, signed) : checkReplaces(old.tx(), signed);
    if (fault.isPresent()) {
      return fault;
    }
    if (old != null) {
      byHash.remove(old.tx().hash());
    }
    long arrival = old == null ? arrivals++ : old.arrival();
    PooledTx pooled = new PooledTx(signed, sender, arrival, clock.instant());
    accounts.put(sender, account);
    uncount(account);
    account.put(pooled);
    count(account);
    byHash.put(signed.hash(), pooled);
    return Optional.empty();
  }

  private Optional<Rejection> checkReplaces(SignedTx old, SignedTx signed) {
    boolean cancel = signed.tx() instanceof CancelTx;
    boolean raised =
        rules.has(Fork.MAGMA) && old.tx().gasPrice().isLessThan(signed.tx().gasPrice());
    return cancel || raised
        ? Optional.empty()
        : refuse(RejectionReason.SAME_NONCE, old.hash().toString());
  }

  private Optional<Rejection> checkRoom(AccountTxs account, SignedTx signed) {
    if (account.fills(signed.tx().nonce())) {
      return ready >= limits.pendingMax()
          ? refuse(RejectionReason.POOL_FULL, ready + " transactions are ready")
          : Optional.empty();
    }
    if (account.queuedCount() >= limits.queuedPerAccountMax()) {
      return refuse(
          RejectionReason.ACCOUNT_LIMIT, account.queuedCount() + " wait for an earlier nonce");
    }
    return queued >= limits.queuedMax()
        ? refuse(RejectionReason.POOL_FULL, queued + " transactions wait for an earlier nonce")
        : Optional.empty();
  }

  private void count(AccountTxs account) {
    ready += account.readyCount();
    queued += account.queuedCount();
  }

  private void uncount(AccountTxs account) {
    ready -= account.readyCount();
    queued -= account.queuedCount();
  }

  /**
   * Follows the chain: drops what was executed, what can no longer be, and what waited too long.
   *
   * @param included transactions of the new block
   */
  public synchronized void advance(
      StateView newState, BlockRules newRules, Amount newBaseFee, List<SignedTx> included) {
    boolean repriced =
        !newRules.has(Fork.MAGMA)
            && !newRules.parameters().unitPrice().equals(rules.parameters().unitPrice());
    state = newState;
    rules = newRules;
    baseFee = newBaseFee;
    if (repriced) {
      clear();
      return;
    }
    for (SignedTx tx : included) {
      advanceAccount(tx.sender());
    }
    dropStale();
  }

  private void clear() {
    accounts.clear();
    byHash.clear();
    ready = 0;
    queued = 0;
  }

  private void advanceAccount(Address sender) {
    AccountTxs account = accounts.get(sender);
    if (account == null) {
      return;
    }
    uncount(account);
    account.advanceTo(state.nonce(sender)).forEach(passed -> byHash.remove(passed.tx().hash()));
    count(account);
    forgetIfEmpty(sender, account);
  }

  private void dropStale() {
    Instant now = clock.instant();
    if (now.isBefore(nextSweep)) {
      return;
    }
    nextSweep = now.plus(SWEEP_INTERVAL);
    for (AccountTxs account : new ArrayList<>(accounts.values())) {
      dropBefore(now.minus(limits.queuedLifetime()), account.queuedTxs());
      dropBefore(now.minus(limits.readyLifetime()), account.readyTxs());
    }
  }

  private void dropBefore(Instant oldest, List<PooledTx> waiting) {
    waiting.stream().filter(tx -> tx.since().isBefore(oldest)).forEach(this::drop);
  }

  /** Drops transactions that a block could not take, and so those behind them stop being ready. */
  public synchronized void remove(Iterable<SignedTx> refused) {
    for (SignedTx tx : refused) {
      PooledTx pooled = byHash.get(tx.hash());
      if (pooled != null) {
        drop(pooled);
      }
    }
  }

  private void drop(PooledTx pooled) {
    AccountTxs account = accounts.get(pooled.sender());
    if (account == null) {
      throw new AssertionError("a pooled transaction has no account: " + pooled.tx());
    }
    byHash.remove(pooled.tx().hash());
    uncount(account);
    account.remove(pooled.nonce());
    count(account);
    forgetIfEmpty(pooled.sender(), account);
  }

  private void forgetIfEmpty(Address sender, AccountTxs account) {
    if (account.isEmpty()) {
      accounts.remove(sender);
    }
  }

  /** The transactions that could be executed now: by arrival, each account's by nonce. */
  public synchronized Iterator<SignedTx> candidates() {
    PriorityQueue<Lane> lanes =
        new PriorityQueue<>(Comparator.comparingLong(lane -> lane.next().arrival()));
    for (AccountTxs account : accounts.values()) {
      if (account.readyCount() > 0) {
        lanes.add(new Lane(account.readyTxs()));
      }
    }
    return new Candidates(lanes);
  }

  /** One account's ready transactions. */
  private static final class Lane {
    private final List<PooledTx> txs;
    private int position;

    Lane(List<PooledTx> txs) {
      this.txs = txs;
    }

    PooledTx next() {
      return txs.get(position);
    }

    boolean advance() {
      position++;
      return position < txs.size();
    }
  }

  private record Candidates(PriorityQueue<Lane> lanes) implements Iterator<SignedTx> {
    @Override
    public boolean hasNext() {
      return !lanes.isEmpty();
    }

    @Override
    public SignedTx next() {
      Lane lane = lanes.poll();
      if (lane == null) {
        throw new NoSuchElementException();
      }
      SignedTx tx = lane.next().tx();
      if (lane.advance()) {
        lanes.add(lane);
      }
      return tx;
    }
  }

  /** A waiting transaction by its hash. */
  public synchronized Optional<SignedTx> find(Hash hash) {
    return Optional.ofNullable(byHash.get(hash)).map(PooledTx::tx);
  }

  /** The nonce of the account's next transaction, behind those that are ready here. */
  public synchronized long nextNonce(Address sender) {
    AccountTxs account = accounts.get(sender);
    return account == null ? state.nonce(sender) : account.nextNonce();
  }

  /** All waiting transactions of an account, by nonce. */
  public synchronized List<SignedTx> ofSender(Address sender) {
    AccountTxs account = accounts.get(sender);
    return account == null ? List.of() : account.all().stream().map(PooledTx::tx).toList();
  }

  /** Number of transactions that could be executed now. */
  public synchronized int readyCount() {
    return ready;
  }

  /** Number of transactions that wait for an earlier nonce. */
  public synchronized int queuedCount() {
    return queued;
  }

  private static Optional<Rejection> refuse(RejectionReason reason, String detail) {
    return Optional.of(new Rejection(reason, detail));
  }
}
