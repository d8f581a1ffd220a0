package dev.klay.consensus.node;

import dev.klay.consensus.Checkpoint;
import dev.klay.consensus.NodeRole;
import dev.klay.consensus.Stall;
import dev.klay.consensus.Voting;
import dev.klay.consensus.bft.BftConfig;
import dev.klay.consensus.bft.BftMachine;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.metrics.Metrics.Gauge;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.transport.Transport;
import dev.klay.consensus.validator.ProposerSelection;
import dev.klay.consensus.wal.LedgerFailedException;
import dev.klay.consensus.wal.MemoryLedger;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.core.config.Ballot;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.importing.Chain;
import dev.klay.core.storage.CorruptStoreException;
import dev.klay.core.storage.StorageFailedException;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's logic under its one thread: takes what comes from peers and users, each in a step of its
 * own. Building and executing blocks happens in that thread, too; reads never do.
 */
public final class NodeDriver implements Transport.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(NodeDriver.class);
  private static final long BUILD_MILLIS_MIN = 250;

  /** Nodes of a development network share one clock, which jumps: no difference is an alarm. */
  private static final long DRIFT_MILLIS_OF_DEVELOPMENT = Long.MAX_VALUE / 4;

  private final String name;
  private final Transport transport;
  private final Metrics metrics;
  private final Optional<MessageSigner> signer;
  private final NodeWatch watch;
  private final ThreadRuntime thread;
  private final Inbox inbox = new Inbox();
  private final TxGossip gossip;
  private final FinalChain chain;
  private final Function<VoteLedger, NodeCore> logic;
  private final Ballots ballots;
  private final Map<Address, NodeRole> peers = new ConcurrentHashMap<>();
  private final AtomicBoolean workSignalled = new AtomicBoolean();
  private final boolean networked;
  private final Set<CountDownLatch> pauses = ConcurrentHashMap.newKeySet();
  private volatile int round;
  private volatile long openHeight;
  private volatile List<Address> nextLeaders = List.of();
  private volatile Voting voting = Voting.FOLLOWS;
  private volatile List<Evidence> evidence = List.of();
  private volatile Optional<Stall> stall = Optional.empty();

  /** Counts the chains this node has been on; frames of one mean nothing on another. */
  private volatile int life;

  /** Of the thread alone, once it runs. */
  private NodeCore core;

  /**
   * What a driver runs, besides its chain.
   *
   * @param clock the wall clock
   * @param key signs for a consensus node; empty for a ranger
   * @param signsFrom an operator's word that votes before this height do not matter
   * @param roundTimeout of round 0, where it is not the chain's
   * @param development how a development network makes blocks, whose chain may be replaced
   * @param ballots of the operator
   * @param autoBallot whether to vote for the removal of validators that were caught
   * @param checkpoint a block that is on the chain for certain
   * @param limits of what peers may ask
   * @param gossipMillis how long transactions are collected before they are sent together
   * @param tap is handed each frame in front of the transport
   */
  public record Settings(
      String name,
      InstantSource clock,
      Optional<PrivateKey> key,
      Optional<Long> signsFrom,
      Optional<Duration> roundTimeout,
      Optional<Sealing> development,
      Ballots ballots,
      boolean autoBallot,
      Optional<Checkpoint> checkpoint,
      NodeLimits limits,
      long gossipMillis,
      Metrics metrics,
      FrameSender tap) {}

  /** A driver that stands still until {@link #start}; it closes neither ledger nor transport. */
  public NodeDriver(
      Settings settings, Chain chain, TxPool pool, Transport transport, VoteLedger ledger) {
    this.name = settings.name();
    this.transport = transport;
    this.metrics = settings.metrics();
    this.ballots = settings.ballots();
    this.networked = transport.reachesOut();
    this.signer = settings.key().map(KeySigner::new);
    ChainSpec spec = chain.spec();
    boolean replaceable = settings.development().isPresent();
    BftConfig ofChain =
        BftConfig.of(
            chain.genesisHash(),
            ProposerSelection.of(spec.proposerPolicy(), spec.proposerWeights()),
            spec.blockPeriodMillis(),
            spec.emptyPeriodMillis(),
            replaceable ? DRIFT_MILLIS_OF_DEVELOPMENT : spec.maxDriftMillis());
    BftConfig config =
        settings.roundTimeout().map(t -> ofChain.withRoundTimeout(t.toMillis())).orElse(ofChain);
    thread = new ThreadRuntime(settings.name(), settings.clock(), this::failed, this::note);
    watch = new NodeWatch(settings.name(), metrics);
    gossip =
        new TxGossip(
            settings.name(), pool, new Neighbours(), settings.gossipMillis(), System::nanoTime);
    Sealing sealing = settings.development().orElseGet(Sealing::new);
    this.chain =
        new TimedChain(
            new ExecutedChain(
                chain,
                pool,
                settings.key(),
                ballots,
                () -> budget(spec),
                sealing,
                settings.checkpoint()),
            metrics);
    logic =
        votes ->
            new NodeCore(
                new NodeSetup(
                    this.chain,
                    new TimedLedger(votes, metrics),
                    signer,
                    config,
                    BftMachine::new,
                    settings.limits(),
                    thread,
                    (to, frame) -> {
                      settings.tap().send(to, frame);
                      transport.send(to, frame);
                    },
                    watch,
                    replaceable ? Optional.of(1L) : settings.signsFrom(),
                    gossip,
                    settings.autoBallot() ? ballots::accuse : culprit -> {}));
    core = logic.apply(ledger);
  }

  /** Who else is there, for those who tell of transactions. */
  private final class Neighbours implements TxGossip.Neighbourhood {
    @Override
    public Map<Address, NodeRole> peers() {
      return peers;
    }

    @Override
    public List<Address> nextLeaders() {
      return nextLeaders;
    }

    @Override
    public boolean takesHashes(Address peer) {
      return transport.takesHashes(peer);
    }

    @Override
    public void send(Address peer, Frame frame) {
      transport.send(peer, frame);
    }

    @Override
    public boolean isNetworked() {
      return networked || !peers.isEmpty();
    }

    @Override
    public void workPending() {
      NodeDriver.this.workPending();
    }
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

  /**
   * A step that does not come to its end stops the node: a disk that fails or is full, or a reason
   * that nobody foresaw. Better no votes than wrong ones.
   */
  private void failed(Throwable failure) {
    if (failure instanceof StorageFailedException
        || failure instanceof CorruptStoreException
        || failure instanceof LedgerFailedException) {
      core.stop(Effect.StopReason.STORAGE_FAULT, String.valueOf(failure.getMessage()));
    } else {
      LOG.error("{}: a step failed", name, failure);
      core.stop(Effect.StopReason.INTERNAL_ERROR, String.valueOf(failure));
    }
  }

  /** Opens the height behind the chain's head. */
  public void start() {
    thread.run(() -> core.start());
  }

  /** Stops taking events and waits until the threads have ended. */
  public void close() {
    gossip.close();
    pauses.forEach(CountDownLatch::countDown);
    thread.close();
  }

  /** What others may see of the node, as of now. */
  private void note() {
    if (core.openHeight() != openHeight || core.round() != round) {
      openHeight = core.openHeight();
      nextLeaders = core.nextLeaders(TxGossip.LEADERS);
    }
    round = core.round();
    evidence = core.evidence();
    voting = votingNow();
    stall = core.stall();
    metrics.set(Gauge.ROUND, round);
    metrics.set(Gauge.PEERS, peers.size());
    metrics.set(Gauge.EVIDENCE, evidence.size());
    metrics.set(Gauge.VOTING, voting == Voting.VOTES ? 1 : 0);
    metrics.set(Gauge.OPEN_SECONDS, core.open().toSeconds());
  }

  private Voting votingNow() {
    if (core.isStopped()) {
      return Voting.STOPPED;
    }
    if (signer.isEmpty() || !chain.validators().contains(signer.orElseThrow().address())) {
      return Voting.FOLLOWS;
    }
    return core.isWaitingToSign() ? Voting.WAITS : Voting.VOTES;
  }

  /** There may be something to put into a block. Any thread may call. */
  public void workPending() {
    if (workSignalled.compareAndSet(false, true)) {
      thread.run(
          () -> {
            workSignalled.set(false);
            if (chain.hasWork()) {
              core.workPending();
            }
          });
    }
  }

  /** Makes a block wanted now, empty or not: for development. Any thread may call. */
  public void demandBlock(long height) {
    thread.run(() -> core.demandBlock(height));
  }

  /**
   * Stands still at the next step and waits to be released; if the chain was replaced meanwhile,
   * the node starts anew on it, as after a restart of its process. Any thread may call.
   */
  public void hold(Hold hold) {
    thread.run(
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

  /** Where this node's users hand in transactions. */
  public TxGossip gossip() {
    return gossip;
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

  /** The round of the open height as of the last step. */
  public int round() {
    return round;
  }

  /** Whether the node votes, as of the last step. */
  public Voting voting() {
    return voting;
  }

  /** The height that stays open, as of the last step. */
  public Optional<Stall> stall() {
    return stall;
  }

  /** Why the node stopped, if it did. */
  public Optional<String> trouble() {
    return watch.trouble();
  }

  /**
   * Runs nothing until the returned one is run, as if the process were stopped. What comes
   * meanwhile waits.
   */
  public Runnable pause() {
    CountDownLatch resumed = new CountDownLatch(1);
    pauses.add(resumed);
    thread.run(
        () -> {
          try {
            resumed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return () -> {
      pauses.remove(resumed);
      resumed.countDown();
    };
  }

  /** Has something run, in the node's thread, once it sees two final blocks of one height. */
  public void onFork(Consumer<String> listener) {
    watch.onFork(listener);
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
    handle(Inbox.Urgency.PEERS, () -> core.peerUp(peer, role));
    gossip.peerUp(peer, role);
  }

  private void handle(Inbox.Urgency urgency, Runnable step) {
    inbox.add(urgency, step);
    thread.run(inbox::runNext);
  }

  @Override
  public void peerDown(Address peer) {
    peers.remove(peer);
    handle(Inbox.Urgency.PEERS, () -> core.peerDown(peer));
    gossip.peerDown(peer);
  }

  @Override
  public void received(Address from, Frame frame) {
    received(from, frame, () -> {});
  }

  @Override
  public void received(Address from, Frame frame, Runnable handled) {
    int sentIn = life;
    long arrivedNanos = thread.monoNanos();
    handle(
        Inbox.Urgency.of(frame, openHeight),
        () -> {
          try {
            if (sentIn == life && peers.containsKey(from)) { // it may have gone while it waited
              core.received(from, frame, arrivedNanos);
            }
          } finally {
            handled.run();
          }
        });
  }
}
