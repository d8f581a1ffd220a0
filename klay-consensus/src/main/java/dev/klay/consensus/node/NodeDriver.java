package dev.klay.consensus.node;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.bft.BftConfig;
import dev.klay.consensus.bft.BftMachine;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.transport.Transport;
import dev.klay.consensus.validator.ProposerSelection;
import dev.klay.consensus.wal.MemoryLedger;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.core.config.Ballot;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.importing.Chain;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A node's logic under its one thread: takes what comes from peers and users, each in a step of its
 * own. Building and executing blocks happens in that thread, too; reads never do.
 */
public final class NodeDriver implements Transport.Receiver {
  private static final long BUILD_MILLIS_MIN = 250;

  /** Nodes of a development network share one clock, which jumps: no difference is an alarm. */
  private static final long DRIFT_MILLIS_OF_DEVELOPMENT = Long.MAX_VALUE / 4;

  private final Transport transport;
  private final VoteLedger ledger;
  private final ThreadRuntime thread;
  private final ExecutedChain chain;
  private final Function<VoteLedger, NodeCore> logic;
  private final Ballots ballots = new Ballots();
  private final Map<Address, NodeRole> peers = new ConcurrentHashMap<>();
  private final AtomicBoolean workSignalled = new AtomicBoolean();
  private volatile int round;
  private volatile List<Evidence> evidence = List.of();

  /** Counts the chains this node has been on; frames of one mean nothing on another. */
  private volatile int life;

  /** Of the thread alone, once it runs. */
  private NodeCore core;

  /**
   * A driver that stands still until {@link #start}.
   *
   * @param key signs for a consensus node; empty for a ranger
   * @param signsFrom an operator's word that votes before this height do not matter
   * @param development how a development network makes blocks, whose chain may be replaced
   */
  public NodeDriver(
      String name,
      Chain chain,
      TxPool pool,
      Transport transport,
      InstantSource clock,
      Optional<PrivateKey> key,
      VoteLedger ledger,
      Optional<Long> signsFrom,
      Optional<Sealing> development) {
    this.transport = transport;
    this.ledger = ledger;
    ChainSpec spec = chain.spec();
    boolean replaceable = development.isPresent();
    BftConfig config =
        BftConfig.of(
            chain.genesisHash(),
            ProposerSelection.of(spec.proposerPolicy()),
            spec.blockPeriodMillis(),
            spec.emptyPeriodMillis(),
            replaceable ? DRIFT_MILLIS_OF_DEVELOPMENT : spec.maxDriftMillis());
    thread = new ThreadRuntime(name, clock, this::failed);
    this.chain =
        new ExecutedChain(
            chain, pool, key, ballots, () -> budget(spec), development.orElseGet(Sealing::new));
    logic =
        votes ->
            new NodeCore(
                new NodeSetup(
                    this.chain,
                    votes,
                    key.map(KeySigner::new),
                    config,
                    BftMachine::new,
                    NodeLimits.TRUSTED,
                    thread,
                    transport::send,
                    new LoggingListener(name),
                    replaceable ? Optional.of(1L) : signsFrom,
                    transactions -> transactions.forEach(pool::add)));
    core = logic.apply(ledger);
  }

  private static BooleanSupplier budget(ChainSpec spec) {
    long millis = Math.max(BUILD_MILLIS_MIN, spec.blockPeriodMillis() / 2);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    return () -> System.nanoTime() - deadline > 0;
  }

  private record KeySigner(PrivateKey key) implements MessageSigner {
    @Override
    public Address address() {
      return key.address();
    }

    @Override
    public Bytes sign(Hash digest) {
      return key.sign(digest).encode();
    }
  }

  /** A step that fails for a reason nobody foresaw stops the node: better none than a wrong one. */
  private void failed(Throwable failure) {
    core.stop(Effect.StopReason.INTERNAL_ERROR, String.valueOf(failure));
  }

  /** Opens the height behind the chain's head. */
  public void start() {
    run(() -> core.start());
  }

  /** Stops taking events and waits until the thread has ended. */
  public void close() {
    thread.close();
    ledger.close();
  }

  private void run(Runnable step) {
    thread.run(
        () -> {
          step.run();
          round = core.round();
          evidence = core.evidence();
        });
  }

  /** There may be something to put into a block. Any thread may call. */
  public void workPending() {
    if (workSignalled.compareAndSet(false, true)) {
      run(
          () -> {
            workSignalled.set(false);
            if (chain.hasWork()) {
              core.workPending();
            }
          });
    }
  }

  /** Makes a block wanted now, empty or not: for development. Any thread may call. */
  public void demandBlock() {
    run(() -> core.demandBlock());
  }

  /**
   * Stands still at the next step and waits to be released; if the chain was replaced meanwhile,
   * the node starts anew on it, as after a restart of its process. Any thread may call.
   */
  public void hold(Hold hold) {
    run(
        () -> {
          if (hold.pass()) {
            startAnew();
          }
        });
  }

  /** What was sent so far is of another chain: to be called while all nodes stand still. */
  public void forgetFrames() {
    life++;
  }

  private void startAnew() {
    core.close();
    core = logic.apply(new MemoryLedger(VoteLedger.Origin.MISSING));
    core.start();
    peers.forEach((peer, role) -> core.peerUp(peer, role));
  }

  /** Votes on who validates, in this node's blocks, until it is so. Any thread may call. */
  public void cast(Ballot ballot) {
    ballots.cast(ballot);
    workPending();
  }

  /** Votes no more on the target. Any thread may call. */
  public void withdraw(Address target) {
    ballots.withdraw(target);
  }

  public List<Ballot> openBallots() {
    return ballots.open();
  }

  /** Hands transactions to every peer. Any thread may call. */
  public void gossip(Frame.Transactions transactions) {
    peers.keySet().forEach(peer -> transport.send(peer, transactions));
  }

  /** The round of the open height as of the last step. */
  public int round() {
    return round;
  }

  /** Number of peers that are connected. */
  public int peerCount() {
    return peers.size();
  }

  /** Validators that were caught contradicting themselves. */
  public List<Evidence> evidence() {
    return evidence;
  }

  // From the transport

  @Override
  public void peerUp(Address peer, NodeRole role) {
    peers.put(peer, role);
    run(() -> core.peerUp(peer, role));
  }

  @Override
  public void peerDown(Address peer) {
    peers.remove(peer);
    run(() -> core.peerDown(peer));
  }

  @Override
  public void received(Address from, Frame frame) {
    int sentIn = life;
    run(
        () -> {
          if (sentIn == life) {
            core.received(from, frame);
          }
        });
  }
}
