package dev.klay.consensus;

import dev.klay.consensus.node.Sealing;
import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.evm.trace.CallFrame;
import dev.klay.core.evm.trace.CallTracer;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.CheatsRefusedException;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockReplay;
import dev.klay.core.service.ChainAccess;
import dev.klay.core.service.ChainReads;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Powers over a network in one JVM that no real chain gives: for development and tests. A network
 * has them if it was started so ({@link KlayNetwork.Builder#cheats}), is kept in memory and is not
 * of kind MAIN.
 *
 * <pre>{@code
 * Snapshot before = network.cheats().snapshot();
 * network.cheats().setBalance(alice, Amount.klay(1_000_000));
 * network.clock().advance(Duration.ofDays(30));
 * network.cheats().restore(before);          // as often as you like
 * }</pre>
 *
 * <p>Consensus stays what it is: blocks are proposed, voted on, executed and certified as ever.
 * What is changed by hand is changed on all nodes at once, while they stand still.
 *
 * <ul>
 *   <li>Going back is a restart of all nodes on an older chain. Subscribers of blocks are given
 *       those that come instead of what they saw.
 *   <li>Adjusting balances and such gives another state <em>behind</em> the last block, on which
 *       the next block is built. Its header tells so: a node or an import that has only the blocks
 *       refuses it with the reason {@code ADJUSTED_STATE}. Reads of the last block's state show the
 *       adjusted one; the supply follows. What waits in pools stays there as far as it still fits.
 *   <li>A transaction of an impersonated account is taken by such a network only; its encoding has
 *       no signature that anybody else would accept.
 * </ul>
 *
 * <p>Safe for any thread; calls wait for each other and return when all nodes have followed.
 *
 * <p>Longer than other files because it is the one list of powers, each a few lines under the one
 * lock; what has state of its own (nodes that stand still, sealing, clock, interval, impersonation)
 * is in classes beside.
 */
public final class Cheats {
  /** Most blocks that one call makes. */
  public static final long BLOCKS_MAX = 100_000;

  /** Times of blocks lie on this grid; one may be ahead of the clock by less than that. */
  private static final Duration GRID = Duration.ofMillis(10);

  private final HeldNodes held;
  private final Sealing sealing;
  private final ShiftedClock time;
  private final DevClock clock;
  private final IntervalMining interval;
  private final Impersonation impersonation;
  private final Snapshot start;

  /** Its blocks move the clock. */
  private volatile KlayNode followed;

  /**
   * Powers over nodes that have just started.
   *
   * @param nodes the one that serves reads first
   */
  Cheats(List<KlayNode> nodes, Development shared, ShiftedClock time) {
    this.sealing = shared.sealing();
    this.impersonation = shared.impersonation();
    this.time = time;
    this.followed = nodes.get(0);
    nodes.forEach(this::follow); // before those who wait for the block
    this.held = new HeldNodes(nodes);
    this.clock = new DevClock(time, this);
    this.interval = new IntervalMining(held::demandBlock);
    this.start = shared.from().orElseGet(this::snapshot);
  }

  // Nodes that end and start

  /**
   * A node is about to end.
   *
   * @throws IllegalStateException if it is the last one: the chain would be gone
   */
  synchronized void leaves(KlayNode node) {
    if (!held.nodes().contains(node)) {
      return;
    }
    if (held.nodes().size() == 1) {
      throw new IllegalStateException("the last node of a network with cheats keeps its chain");
    }
    held.leaves(node);
    if (node == followed) {
      followed = held.nodes().get(0);
    }
  }

  /** Starts a node that ended before, where the others are. */
  synchronized KlayNode comesBack(Supplier<KlayNode> start) {
    return held.comesBack(
        () -> {
          KlayNode node = start.get();
          follow(node);
          return node;
        });
  }

  private void follow(KlayNode node) {
    node.chain()
        .addListener(
            (head, block) -> {
              if (node == followed) {
                followTime(head);
              }
            });
  }

  // Snapshots

  /** The chain as it is now. Takes microseconds, however long the chain and large its state. */
  public synchronized Snapshot snapshot() {
    return new Snapshot(
        held.farthest().value(), held.waiting(), time.instant(), sealing.rewardBase());
  }

  /**
   * Goes to a snapshot of this chain, older or newer; the clock, too.
   *
   * @throws IllegalArgumentException if it is of another chain
   */
  public synchronized void restore(Snapshot snapshot) {
    goTo(snapshot, () -> {});
  }

  /** While the nodes stand still: a block that is being made would set the clock again. */
  private void goTo(Snapshot snapshot, Runnable around) {
    held.farthest().ensureSameChain(snapshot.chain());
    held.restore(
        snapshot.chain(),
        snapshot.waiting(),
        () -> {
          sealing.clearTime();
          sealing.setRewardBase(snapshot.coinbase());
          time.set(snapshot.time());
          ChainHead head = snapshot.chain().head();
          sealing.movePace(head.number(), head.header().timestampMillis());
          around.run();
        });
  }

  /** Back to how the network was when it started, with all cheats as they were then. */
  public void reset() {
    reset(start);
  }

  /** {@linkplain #restore Goes to a snapshot}, with all cheats as they are at the start. */
  public synchronized void reset(Snapshot snapshot) {
    interval.every(Duration.ZERO);
    goTo(
        snapshot,
        () -> {
          impersonation.clear();
          sealing.setAutomatic(true);
          sealing.clearPace();
        });
  }

  // Making blocks

  /** Makes one block of what waits, empty if nothing does. */
  public void mine() {
    mine(1);
  }

  /**
   * Makes blocks, one after the other; the first takes what waits.
   *
   * @param blocks 1 to {@link #BLOCKS_MAX}
   */
  public synchronized void mine(long blocks) {
    ensureCount(blocks);
    for (long i = 0; i < blocks; i++) {
      held.mine();
    }
  }

  /**
   * Makes blocks whose times are so far apart; the first has the clock's time.
   *
   * @param apart in whole milliseconds, rounded up to the block period and to 10 ms
   */
  public synchronized void mine(long blocks, Duration apart) {
    ensureCount(blocks);
    held.mine();
    for (long i = 1; i < blocks; i++) {
      ChainHead head = held.farthest().head();
      long next = head.header().timestampMillis() + Math.max(0, apart.toMillis());
      sealing.setTime(head.number() + 1, onGrid(Math.max(next, earliestMillis(head))));
      held.mine();
    }
  }

  private static void ensureCount(long blocks) {
    if (blocks < 1 || blocks > BLOCKS_MAX) {
      throw new IllegalArgumentException("1 to " + BLOCKS_MAX + " blocks, not " + blocks);
    }
  }

  /**
   * Whether a transaction that comes is put into a block at once, as it is when the network starts.
   * If not, {@link #mine} or {@link #mineEvery} makes blocks.
   *
   * @throws CheatsRefusedException on a chain with a block period, which makes blocks by that
   */
  public synchronized void automine(boolean on) {
    ensureOnDemand();
    sealing.setAutomatic(on);
    held.wake();
  }

  public boolean isAutomine() {
    return sealing.isAutomatic();
  }

  /**
   * Makes a block that often, empty or not; zero ends it. Independent of {@link #automine}.
   *
   * @throws CheatsRefusedException on a chain with a block period, which makes blocks by that
   */
  public synchronized void mineEvery(Duration every) {
    ensureOnDemand();
    if (every.isNegative()) {
      throw new IllegalArgumentException("an interval is not negative: " + every);
    }
    interval.every(every);
  }

  /** How often blocks are made in any case; zero if only when there is a reason. */
  public Duration interval() {
    return interval.interval();
  }

  private void ensureOnDemand() {
    long period = held.farthest().spec().blockPeriodMillis();
    if (period > 0) {
      throw new CheatsRefusedException(
          "this chain makes a block every " + period + " ms; start it with a block period of 0");
    }
  }

  // Time

  /** The clock of all nodes. */
  public DevClock clock() {
    return clock;
  }

  /**
   * Lets so much time pass; the next block shows it.
   *
   * @return by how much the clock is ahead of the one the network was given
   */
  public synchronized Duration increaseTime(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards: " + by);
    }
    time.advance(by);
    return time.shift();
  }

  /**
   * Makes it that time; the next block shows it.
   *
   * @throws IllegalArgumentException if the last block is later
   */
  public synchronized void setTime(Instant now) {
    ensureNotBefore(held.farthest().head().header().timestampMillis(), now);
    time.set(now);
  }

  /**
   * Gives the next block exactly this time, from which the clock then goes on.
   *
   * @throws IllegalArgumentException if that is too early behind the last block
   */
  public synchronized void setNextBlockTimestamp(Instant timestamp) {
    ChainHead head = held.farthest().head();
    ensureNotBefore(earliestMillis(head), timestamp);
    sealing.setTime(head.number() + 1, onGrid(timestamp.toEpochMilli()));
  }

  /**
   * Gives every block from now on a time that is so far behind the one before, whatever the clock
   * says; the clock follows. {@link #setNextBlockTimestamp} sets one block apart from that.
   *
   * @param apart at least 10 ms, and the block period
   */
  public synchronized void setBlockInterval(Duration apart) {
    long least = Math.max(GRID.toMillis(), held.farthest().spec().blockPeriodMillis());
    if (apart.toMillis() < least) {
      throw new IllegalArgumentException("blocks are at least " + least + " ms apart");
    }
    ChainHead head = held.farthest().head();
    sealing.setPace(head.number(), head.header().timestampMillis(), onGrid(apart.toMillis()));
  }

  /** Times of blocks are the clock's again; whether they were not. */
  public synchronized boolean clearBlockInterval() {
    return sealing.clearPace();
  }

  private long earliestMillis(ChainHead head) {
    return head.header().timestampMillis() + held.farthest().spec().blockPeriodMillis();
  }

  private static void ensureNotBefore(long earliestMillis, Instant asked) {
    if (asked.toEpochMilli() < earliestMillis) {
      throw new IllegalArgumentException(
          asked + " is before " + Instant.ofEpochMilli(earliestMillis) + ", the earliest possible");
    }
  }

  private static long onGrid(long millis) {
    long grid = GRID.toMillis();
    return (millis + grid - 1) / grid * grid;
  }

  /** Behind a block whose time was set, or which was made ahead of time, the clock follows. */
  private void followTime(ChainHead head) {
    Instant made = Instant.ofEpochMilli(head.header().timestampMillis());
    boolean ahead = made.isAfter(time.instant().plus(GRID.multipliedBy(2)));
    if (ahead || sealing.timeOf(head.number()).isPresent()) {
      time.set(made);
    }
  }

  // Accounts

  /** Gives the account this balance; the supply changes by the difference. */
  public void setBalance(Address account, Amount balance) {
    setBalances(Map.of(account, balance));
  }

  /** See {@link #setBalance}; all at once. */
  public synchronized void setBalances(Map<Address, Amount> balances) {
    held.adjust(
        head -> {
          StateUpdater updater = new StateUpdater(head.state());
          Amount supply = head.supply();
          for (Map.Entry<Address, Amount> entry : balances.entrySet()) {
            Amount before = updater.balance(entry.getKey());
            updater.subtractBalance(entry.getKey(), before);
            updater.addBalance(entry.getKey(), entry.getValue());
            supply = supply.plus(entry.getValue()).minus(before);
          }
          return new HeldNodes.Adjusted(updater.build(false), supply);
        });
  }

  /**
   * Sets the nonce of the account's next transaction.
   *
   * @throws IllegalArgumentException if it is lower than it was
   */
  public synchronized void setNonce(Address account, long nonce) {
    adjust(
        updater -> {
          if (Long.compareUnsigned(nonce, updater.nonce(account)) < 0) {
            throw new IllegalArgumentException(
                "the nonce of " + account + " is " + updater.nonce(account) + ", above " + nonce);
          }
          updater.setNonce(account, nonce);
        });
  }

  /** Puts code at an address, which becomes a smart contract account if it was none. */
  public synchronized void setCode(Address account, Bytes code) {
    adjust(
        updater -> {
          becomeContract(updater, account);
          updater.setCode(account, Code.of(code, CodeInfo.ISTANBUL));
        });
  }

  /** Sets a word of a contract's storage. */
  public synchronized void setStorageAt(Address account, UInt256 slot, UInt256 word) {
    adjust(
        updater -> {
          becomeContract(updater, account);
          updater.setStorage(account, slot, word);
        });
  }

  private static void becomeContract(StateUpdater updater, Address account) {
    if (!updater.isContract(account)) {
      long nonce = updater.nonce(account);
      updater.createContract(account);
      updater.setNonce(account, nonce);
    }
  }

  private void adjust(Consumer<StateUpdater> change) {
    held.adjust(
        head -> {
          StateUpdater updater = new StateUpdater(head.state());
          change.accept(updater);
          WorldState state = updater.build(false);
          return new HeldNodes.Adjusted(state, head.supply());
        });
  }

  /** Who is paid for blocks from now on, whoever leads; what COINBASE gives stays the leader. */
  public synchronized void setCoinbase(Address account) {
    sealing.setRewardBase(Optional.of(account));
  }

  // Transactions

  /** Lets anybody send transactions of the account, a contract's too. */
  public void impersonate(Address account) {
    impersonation.start(account);
  }

  /** Ends {@link #impersonate}; whether it had begun. */
  public boolean stopImpersonating(Address account) {
    return impersonation.stop(account);
  }

  /** Whether all accounts are impersonated. */
  public void impersonateEverybody(boolean on) {
    impersonation.everybody(on);
  }

  public boolean isImpersonated(Address account) {
    return impersonation.covers(account);
  }

  /**
   * The transaction as one of an impersonated account, to be submitted like any other.
   *
   * @throws IllegalStateException if the account is not impersonated
   */
  public SignedTx sign(Address account, Tx tx) {
    return impersonation.send(account, tx);
  }

  /**
   * The network as an impersonated account sees it: what is submitted is its transaction, whoever
   * signed.
   */
  public ChainAccess actingAs(Address account) {
    return ActingService.of(
        held.nodes().get(0).service(), signed -> impersonation.send(account, signed.tx()));
  }

  /**
   * The calls within a transaction that is in a block; empty if it is in none. It is executed again
   * for this.
   */
  public Optional<CallFrame> trace(Hash hash) {
    ChainReads reads = held.nodes().get(0).reads();
    return reads
        .chain()
        .store()
        .senderTransaction(hash)
        .flatMap(at -> trace(reads, reads.required(BlockRef.number(at.blockNumber())), at.index()));
  }

  private static Optional<CallFrame> trace(ChainReads reads, StoredBlock stored, int index) {
    BlockReplay replay = new BlockReplay(reads, stored.block());
    replay.skip(index);
    CallTracer tracer = new CallTracer(CallTracer.Options.DEFAULT);
    replay.next(tracer);
    return Optional.of(tracer.result());
  }

  /**
   * Takes a waiting transaction out of all pools; whether it waited. With several nodes one that
   * has only just been submitted may still be on its way to some, and waits there then.
   */
  public synchronized boolean dropTransaction(Hash hash) {
    List<SignedTx> found =
        held.nodes().stream().flatMap(node -> node.pool().find(hash).stream()).toList();
    held.nodes().forEach(node -> node.pool().remove(found));
    return !found.isEmpty();
  }

  /** Empties all pools. */
  public synchronized void dropAllTransactions() {
    held.nodes().forEach(node -> node.pool().remove(node.pool().all()));
  }

  void close() {
    interval.close();
  }
}
