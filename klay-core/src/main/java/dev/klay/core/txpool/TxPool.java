package dev.klay.core.txpool;

import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.execution.GasPrices;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.execution.TransactionChecks;
import dev.klay.core.state.StateView;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

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
  private final PoolTotals totals = new PoolTotals();
  private final List<Consumer<SignedTx>> listeners = new CopyOnWriteArrayList<>();
  private StateView state;
  private BlockRules rules;
  private Amount baseFee;
  private Instant nextSweep = Instant.MIN;
  private long arrivals;

  /** No waiting transaction offers less; all may offer more. */
  private Amount lowestPrice = Amount.ZERO;

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
   * Takes in a transaction that was submitted here: with {@link #add}'s rules, and Klaytn's for
   * such ones, which keep room for those of peers and leave data anchoring out unless it is
   * allowed.
   *
   * @return why it was refused, empty if it waits here now
   */
  public Optional<Rejection> addLocal(SignedTx tx) {
    if (tx.tx() instanceof AnchoringTx && !limits.anchoringAllowed()) {
      return Optional.of(Rejection.of(RejectionReason.ANCHORING_NOT_ALLOWED));
    }
    synchronized (this) {
      if (totals.slots() >= limits.slotsMax()) {
        return full(RejectionReason.POOL_FULL);
      }
    }
    Optional<Rejection> refused = add(tx);
    if (refused.isEmpty() && limits.keepLocals()) {
      keep(tx.sender());
    }
    return refused;
  }

  private synchronized void keep(Address sender) {
    AccountTxs account = accounts.get(sender);
    if (account != null) {
      account.keep();
    }
  }

  /**
   * Takes a transaction in.
   *
   * @return why it was refused, empty if it waits here now
   */
  public Optional<Rejection> add(SignedTx tx) {
    if (tx.encode().size() <= limits.sizeMaxBytes()) {
      tx.recoverAhead(); // outside the lock
    }
    Optional<Rejection> no;
    synchronized (this) {
      no = findFault(tx).or(() -> insert(tx));
    }
    if (no.isEmpty()) {
      listeners.forEach(listener -> listener.accept(tx));
    }
    return no;
  }

  /** Tells of every transaction that is taken in, in the thread that brings it. Must not block. */
  public void addListener(Consumer<SignedTx> listener) {
    listeners.add(listener);
  }

  public void removeListener(Consumer<SignedTx> listener) {
    listeners.remove(listener);
  }

  /** The order is Klaytn's, so that the reason is the one its nodes would give. */
  private Optional<Rejection> findFault(SignedTx signed) {
    Tx tx = signed.tx();
    if (byHash.containsKey(signed.hash())) {
      return refuse(RejectionReason.ALREADY_KNOWN, signed.hash().toString());
    }
    return TransactionChecks.type(signed.type(), rules)
        .or(() -> TransactionChecks.initCode(tx, rules))
        .or(() -> TransactionChecks.chain(signed, rules))
        .or(() -> GasPrices.check(tx, rules, baseFee))
        .or(() -> checkSize(signed))
        .or(() -> TransactionChecks.sender(signed, state, rules))
        .or(() -> checkNonce(signed))
        .or(() -> TransactionChecks.feePayer(signed, state, rules))
        .or(() -> TransactionChecks.funds(signed, state, tx.gasPrice()))
        .or(() -> TransactionChecks.gas(signed, state, rules))
        .or(() -> TransactionChecks.type(tx, state, rules));
  }

  private Optional<Rejection> checkSize(SignedTx signed) {
    int size = signed.encode().size();
    return size > limits.sizeMaxBytes()
        ? refuse(
            RejectionReason.OVERSIZED,
            size + " bytes, at most " + limits.sizeMaxBytes() + " are allowed")
        : Optional.empty();
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
    lowestPrice = byHash.isEmpty() ? signed.tx().gasPrice() : lower(signed.tx().gasPrice());
    accounts.put(sender, account);
    totals.subtract(account);
    account.put(pooled);
    totals.add(account);
    byHash.put(signed.hash(), pooled);
    trim();
    return byHash.containsKey(signed.hash()) ? Optional.empty() : full(RejectionReason.POOL_FULL);
  }

  private Amount lower(Amount price) {
    return price.isLessThan(lowestPrice) ? price : lowestPrice;
  }

  private Optional<Rejection> checkReplaces(SignedTx old, SignedTx signed) {
    boolean cancel = signed.tx() instanceof CancelTx;
    boolean raised =
        rules.has(Fork.MAGMA) && old.tx().gasPrice().isLessThan(signed.tx().gasPrice());
    return cancel || raised
        ? Optional.empty()
        : refuse(RejectionReason.SAME_NONCE, old.hash().toString());
  }

  /** In a full pool a missing nonce displaces the account's last one; nothing else comes in. */
  private Optional<Rejection> checkRoom(AccountTxs account, SignedTx signed) {
    boolean fills = account.fills(signed.tx().nonce());
    if (totals.slots() >= limits.slotsMax()) {
      if (account.queuedCount() == 0) {
        return full(RejectionReason.POOL_FULL);
      }
      if (!fills) {
        return full(RejectionReason.POOL_FULL_WITHOUT_GAP);
      }
      drop(account.last());
      return Optional.empty();
    }
    if (fills) {
      return Optional.empty();
    }
    if (account.queuedSlots() >= limits.queuedPerAccountMax()) {
      return refuse(
          RejectionReason.ACCOUNT_LIMIT, account.queuedCount() + " wait for an earlier nonce");
    }
    return totals.queuedSlots() >= limits.queuedMax()
        ? refuse(
            RejectionReason.POOL_FULL, totals.queued() + " transactions wait for an earlier nonce")
        : Optional.empty();
  }

  /**
   * Makes room where more is ready than may be: accounts with more than their share lose their last
   * ones, the largest first, until all fits or nobody has more than a share.
   */
  private void trim() {
    while (totals.readySlots() > limits.readyMax()) {
      AccountTxs largest = null;
      for (AccountTxs account : accounts.values()) {
        boolean larger = largest == null || account.readySlots() > largest.readySlots();
        largest = larger && !account.isKept() ? account : largest;
      }
      if (largest == null || largest.readySlots() <= limits.readyPerAccount()) {
        return;
      }
      drop(largest.lastReady());
    }
  }

  private Optional<Rejection> full(RejectionReason reason) {
    return refuse(reason, Integer.toString(limits.slotsMax()));
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
    dropImpossible(included);
    dropStale();
  }

  /** All waiting transactions, in the order in which they came. */
  public synchronized List<SignedTx> all() {
    return byHash.values().stream()
        .sorted(Comparator.comparingLong(PooledTx::arrival))
        .map(PooledTx::tx)
        .toList();
  }

  /**
   * Starts anew behind another head, with these transactions as far as they fit there: for chains
   * that go back or whose state is adjusted.
   */
  public synchronized void restart(
      StateView newState, BlockRules newRules, Amount newBaseFee, List<SignedTx> transactions) {
    clear();
    state = newState;
    rules = newRules;
    baseFee = newBaseFee;
    transactions.forEach(this::add);
  }

  private void clear() {
    accounts.clear();
    byHash.clear();
    totals.clear();
  }

  /**
   * Drops what accounts of the block's transactions can no longer send: another key may sign for
   * them now, or they cannot pay. What only others' blocks made impossible, a builder finds out.
   */
  private void dropImpossible(List<SignedTx> included) {
    Set<Address> touched = new LinkedHashSet<>();
    Set<Address> rekeyed = new LinkedHashSet<>();
    for (SignedTx tx : included) {
      touched.add(tx.sender());
      touched.add(tx.payer());
      if (tx.tx() instanceof AccountUpdateTx) {
        rekeyed.add(tx.sender());
      }
    }
    List<PooledTx> suspects = new ArrayList<>();
    for (Address address : touched) {
      AccountTxs account = accounts.get(address);
      if (account != null) {
        suspects.addAll(account.all());
      }
    }
    if (!rekeyed.isEmpty()) {
      byHash.values().stream()
          .filter(tx -> tx.tx().feePayer().filter(rekeyed::contains).isPresent())
          .sorted(Comparator.comparingLong(PooledTx::arrival))
          .forEach(suspects::add);
    }
    for (PooledTx suspect : suspects) {
      if (byHash.containsKey(suspect.tx().hash()) && isImpossible(suspect.tx())) {
        drop(suspect);
      }
    }
  }

  private boolean isImpossible(SignedTx tx) {
    return TransactionChecks.sender(tx, state, rules)
        .or(() -> TransactionChecks.feePayer(tx, state, rules))
        .or(() -> TransactionChecks.funds(tx, state, tx.tx().gasPrice()))
        .isPresent();
  }

  private void advanceAccount(Address sender) {
    AccountTxs account = accounts.get(sender);
    if (account == null) {
      return;
    }
    totals.subtract(account);
    account.advanceTo(state.nonce(sender)).forEach(passed -> byHash.remove(passed.tx().hash()));
    totals.add(account);
    forgetIfEmpty(sender, account);
  }

  private void dropStale() {
    Instant now = clock.instant();
    if (now.isBefore(nextSweep)) {
      return;
    }
    nextSweep = now.plus(SWEEP_INTERVAL);
    for (AccountTxs account : new ArrayList<>(accounts.values())) {
      if (!account.isKept()) {
        dropBefore(now.minus(limits.queuedLifetime()), account.queuedTxs());
      }
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
    totals.subtract(account);
    account.remove(pooled.nonce());
    totals.add(account);
    forgetIfEmpty(pooled.sender(), account);
  }

  private void forgetIfEmpty(Address sender, AccountTxs account) {
    if (account.isEmpty()) {
      accounts.remove(sender);
    }
  }

  /**
   * The transactions that the next block could take, each account's by nonce: the first come first,
   * from Kaia on those that offer the proposer most. Those that offer less than the base fee wait
   * for it to fall, and so do those behind them.
   */
  public synchronized Iterator<SignedTx> candidates() {
    List<List<PooledTx>> lanes = new ArrayList<>();
    for (AccountTxs account : accounts.values()) {
      List<PooledTx> payable = payable(account);
      if (!payable.isEmpty()) {
        lanes.add(payable);
      }
    }
    return new Candidates(lanes, order());
  }

  private List<PooledTx> payable(AccountTxs account) {
    List<PooledTx> all = account.readyTxs();
    if (allPay()) {
      return all;
    }
    int count = 0;
    while (count < all.size() && !all.get(count).tx().tx().gasPrice().isLessThan(baseFee)) {
      count++;
    }
    return all.subList(0, count);
  }

  private boolean allPay() {
    return !lowestPrice.isLessThan(baseFee);
  }

  private Comparator<PooledTx> order() {
    Comparator<PooledTx> byArrival = Comparator.comparingLong(PooledTx::arrival);
    if (!rules.has(Fork.KAIA)) {
      return byArrival;
    }
    BlockRules now = rules;
    Amount fee = baseFee;
    return Comparator.comparing(
            (PooledTx tx) -> GasPrices.effective(tx.tx().tx(), now, fee), Comparator.reverseOrder())
        .thenComparing(byArrival);
  }

  /** A waiting transaction by its hash. */
  public synchronized Optional<SignedTx> find(Hash hash) {
    return Optional.ofNullable(byHash.get(hash)).map(PooledTx::tx);
  }

  /** Those of the hashes that are of no waiting transaction. */
  public synchronized List<Hash> missing(List<Hash> hashes) {
    return hashes.stream().filter(hash -> !byHash.containsKey(hash)).toList();
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

  /** The transactions of an account by nonce: those that are ready, and those that are not. */
  public record Waiting(List<SignedTx> ready, List<SignedTx> queued) {}

  /** All waiting transactions by account, of as many accounts as told. */
  public synchronized Map<Address, Waiting> content(int accountsMax) {
    Map<Address, Waiting> content = new LinkedHashMap<>();
    for (Map.Entry<Address, AccountTxs> entry : accounts.entrySet()) {
      if (content.size() == accountsMax) {
        break;
      }
      content.put(entry.getKey(), waiting(entry.getValue()));
    }
    return content;
  }

  /** The waiting transactions of one account. */
  public synchronized Waiting waitingOf(Address sender) {
    AccountTxs account = accounts.get(sender);
    return account == null ? new Waiting(List.of(), List.of()) : waiting(account);
  }

  private static Waiting waiting(AccountTxs account) {
    return new Waiting(
        account.readyTxs().stream().map(PooledTx::tx).toList(),
        account.queuedTxs().stream().map(PooledTx::tx).toList());
  }

  /** Number of transactions that the next block could take. */
  public synchronized int readyCount() {
    return allPay()
        ? totals.ready()
        : accounts.values().stream().mapToInt(a -> payable(a).size()).sum();
  }

  /** Number of transactions that wait for an earlier nonce. */
  public synchronized int queuedCount() {
    return totals.queued();
  }

  private static Optional<Rejection> refuse(RejectionReason reason, String detail) {
    return Optional.of(new Rejection(reason, detail));
  }
}
