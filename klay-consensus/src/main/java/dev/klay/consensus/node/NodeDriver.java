package dev.klay.consensus.node;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.bft.BftConfig;
import dev.klay.consensus.bft.BftMachine;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Event;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.bft.TimerId;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.transport.Transport;
import dev.klay.consensus.validator.ProposerSelection;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.importing.BuiltBlock;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.InvalidBlock;
import dev.klay.core.importing.Proposal;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the machine of one node: one thread takes events in their order, and performs the effects of
 * each before it takes the next. Building and executing blocks happens in that thread, too; reads
 * never do.
 */
public final class NodeDriver implements Transport.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(NodeDriver.class);
  private static final long BUILD_MILLIS_MIN = 250;

  private final String name;
  private final Chain chain;
  private final ChainSpec spec;
  private final TxPool pool;
  private final Transport transport;
  private final InstantSource clock;
  private final Optional<PrivateKey> key;
  private final ScheduledThreadPoolExecutor thread;
  private final BftMachine machine;
  private final VoteLedger ledger = new VoteLedger();
  private final Map<TimerId, Future<?>> timers = new HashMap<>();
  private final Map<Address, NodeRole> peers = new ConcurrentHashMap<>();
  private final AtomicBoolean workSignalled = new AtomicBoolean();
  private final AtomicLong evidenceCount = new AtomicLong();
  private volatile int round;

  /**
   * A driver that stands still until {@link #start}.
   *
   * @param key signs for a consensus node; empty for a ranger
   */
  public NodeDriver(
      String name,
      Chain chain,
      TxPool pool,
      Transport transport,
      InstantSource clock,
      Optional<PrivateKey> key) {
    this.name = name;
    this.chain = chain;
    this.spec = chain.spec();
    this.pool = pool;
    this.transport = transport;
    this.clock = clock;
    this.key = key;
    this.thread = newThread(name);
    BftConfig config =
        BftConfig.of(
            chain.genesisHash(),
            ProposerSelection.of(spec.proposerPolicy()),
            spec.blockPeriodMillis(),
            spec.emptyPeriodMillis(),
            spec.maxDriftMillis());
    ChainHead head = chain.head();
    this.machine =
        new BftMachine(config, key.map(KeySigner::new), ChainBlock.parent(head), validators(head));
  }

  private static ScheduledThreadPoolExecutor newThread(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "klay-" + name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setRejectedExecutionHandler(new DiscardPolicy()); // after closing nothing is due
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
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

  private static ValidatorSet validators(ChainHead head) {
    return ValidatorSet.of(head.governance().validators());
  }

  /** Opens the height behind the chain's head. */
  public void start() {
    run(() -> perform(machine.start(ledger.records(), clock.millis())));
  }

  /** Stops taking events and waits until the thread has ended. */
  public void close() {
    thread.shutdownNow();
    boolean interrupted = false;
    try {
      while (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.info("{} waits for its running step to end", name);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** There may be something to put into a block. Any thread may call. */
  public void workPending() {
    if (workSignalled.compareAndSet(false, true)) {
      run(() -> feed(new Event.WorkPending()));
    }
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

  /** How many times a validator was caught contradicting itself. */
  public long evidenceCount() {
    return evidenceCount.get();
  }

  // From the transport

  @Override
  public void peerUp(Address peer, NodeRole role) {
    peers.put(peer, role);
    run(
        () -> {
          feed(new Event.PeerUp(peer));
          transport.send(peer, new Frame.BlockRequest(chain.head().number() + 1));
        });
  }

  @Override
  public void peerDown(Address peer) {
    peers.remove(peer);
    run(() -> feed(new Event.PeerDown(peer)));
  }

  @Override
  public void received(Address from, Frame frame) {
    run(() -> handle(from, frame));
  }

  private void run(Runnable step) {
    thread.execute(() -> guarded(step));
  }

  /** A step that fails for a reason nobody foresaw stops the node: better none than a wrong one. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.error("{} stops: a step failed", name, e);
      thread.shutdown();
      throw e;
    }
  }

  private void handle(Address from, Frame frame) {
    if (frame instanceof Frame.Vote vote) {
      feed(new Event.MessageReceived(vote.message()));
    } else if (frame instanceof Frame.FinalBlocks blocks) {
      importFrom(from, blocks.blocks());
    } else if (frame instanceof Frame.Transactions transactions) {
      transactions.transactions().forEach(pool::add);
      if (pool.readyCount() > 0) {
        workPending();
      }
    } else if (frame instanceof Frame.Knowledge knowledge) {
      answer(from, knowledge);
    } else if (frame instanceof Frame.BlockRequest request) {
      sendBlocks(from, request.from());
    } else {
      throw new AssertionError("a frame that nobody handles: " + frame);
    }
  }

  private void answer(Address from, Frame.Knowledge knowledge) {
    long theirs = knowledge.status().height();
    long ours = chain.head().number() + 1;
    if (theirs < ours) {
      sendBlocks(from, theirs);
    } else if (theirs > ours) {
      transport.send(from, new Frame.BlockRequest(ours));
    } else {
      feed(new Event.StatusReceived(from, knowledge.status()));
    }
  }

  private void sendBlocks(Address to, long from) {
    List<Block> blocks = new ArrayList<>();
    long last = chain.head().number();
    for (long n = Math.max(1, from); n <= last && blocks.size() < Frame.FinalBlocks.MAX; n++) {
      chain.store().block(n).ifPresent(stored -> blocks.add(stored.block()));
    }
    if (!blocks.isEmpty()) {
      transport.send(to, new Frame.FinalBlocks(blocks));
    }
  }

  /** Final blocks of somebody else: what is known is skipped, a gap is asked for. */
  private void importFrom(Address from, List<Block> blocks) {
    for (Block block : blocks) {
      long next = chain.head().number() + 1;
      if (block.number() > next) {
        transport.send(from, new Frame.BlockRequest(next));
        return;
      }
      if (block.number() == next && !importBlock(block)) {
        return;
      }
    }
    if (blocks.size() == Frame.FinalBlocks.MAX) {
      transport.send(from, new Frame.BlockRequest(chain.head().number() + 1));
    }
  }

  // Around the machine

  private void feed(Event event) {
    perform(machine.step(event, clock.millis()));
    round = machine.round();
  }

  private void perform(List<Effect> effects) {
    ArrayDeque<Event> answers = new ArrayDeque<>();
    effects.forEach(effect -> perform(effect, answers));
    answers.forEach(this::feed);
  }

  private void perform(Effect effect, ArrayDeque<Event> answers) {
    if (effect instanceof Effect.Persist persist) {
      ledger.append(persist.record());
    } else if (effect instanceof Effect.Broadcast broadcast) {
      toValidators(new Frame.Vote(broadcast.message()));
    } else if (effect instanceof Effect.Send send) {
      transport.send(send.to(), new Frame.Vote(send.message()));
    } else if (effect instanceof Effect.BroadcastStatus status) {
      toValidators(new Frame.Knowledge(status.status()));
    } else if (effect instanceof Effect.SetTimer set) {
      setTimer(set);
    } else if (effect instanceof Effect.CancelTimer cancel) {
      cancelTimer(cancel.timer());
    } else if (effect instanceof Effect.Build build) {
      answers.add(build(build));
    } else if (effect instanceof Effect.Validate validate) {
      answers.add(validate((ChainBlock) validate.block()));
    } else if (effect instanceof Effect.Import done) {
      finish(done);
    } else if (effect instanceof Effect.Fetch fetch) {
      Frame.BlockRequest request = new Frame.BlockRequest(fetch.height());
      fetch.peers().forEach(peer -> transport.send(peer, request));
    } else if (effect instanceof Effect.Report report) {
      report(report.evidence());
    } else if (effect instanceof Effect.Stop stop) {
      LOG.error("{} stops signing: {}, {}", name, stop.reason(), stop.detail());
    } else {
      throw new AssertionError("an effect that nobody performs: " + effect);
    }
  }

  private void toValidators(Frame frame) {
    peers.forEach(
        (peer, role) -> {
          if (role == NodeRole.CONSENSUS) {
            transport.send(peer, frame);
          }
        });
  }

  private void setTimer(Effect.SetTimer set) {
    cancelTimer(set.timer());
    timers.put(
        set.timer(),
        thread.schedule(
            () ->
                guarded(
                    () -> {
                      timers.remove(set.timer());
                      feed(new Event.TimerFired(set.timer()));
                    }),
            set.delayMillis(),
            TimeUnit.MILLISECONDS));
  }

  private void cancelTimer(TimerId timer) {
    Future<?> running = timers.remove(timer);
    if (running != null) {
      running.cancel(false);
    }
  }

  private Event build(Effect.Build build) {
    PrivateKey signer = key.orElseThrow();
    long time =
        BlockClock.next(build.parent().timestampMillis(), spec.blockPeriodMillis(), clock.millis());
    long budget = Math.max(BUILD_MILLIS_MIN, spec.blockPeriodMillis() / 2);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(budget);
    BuiltBlock built =
        chain.build(
            new Proposal(signer, signer.address(), time, () -> System.nanoTime() - deadline > 0),
            pool.candidates());
    pool.remove(built.refused().keySet());
    return new Event.BlockBuilt(
        build.height(), build.round(), Optional.of(new ChainBlock(built.block())));
  }

  private Event validate(ChainBlock candidate) {
    Optional<InvalidBlock> fault = chain.validate(candidate.block());
    fault.ifPresent(f -> LOG.warn("{} refuses {}: {}", name, candidate.block(), f));
    return new Event.BlockValidated(
        candidate.number(), candidate.hash(), fault.map(InvalidBlock::toString));
  }

  /** The machine decided: the block gets its certificate and goes to the chain and to rangers. */
  private void finish(Effect.Import done) {
    Block block = ((ChainBlock) done.block()).block();
    ExtraData extra =
        block
            .header()
            .extraData()
            .withRound(SealRule.KLAY_QBFT, done.certificate().round())
            .withCommittedSeals(done.certificate().seals());
    Block sealed = block.withExtra(extra);
    if (!importBlock(sealed)) {
      throw new AssertionError("a decided block cannot be imported: " + sealed);
    }
    Frame.FinalBlocks news = new Frame.FinalBlocks(List.of(sealed));
    peers.forEach(
        (peer, role) -> {
          if (role == NodeRole.RANGER) {
            transport.send(peer, news);
          }
        });
  }

  private boolean importBlock(Block block) {
    Optional<InvalidBlock> fault = chain.importBlock(block);
    if (fault.isPresent()) {
      LOG.warn("{} refuses final {}: {}", name, block, fault.orElseThrow());
      return false;
    }
    ChainHead head = chain.head();
    ledger.prune(head.number());
    LOG.debug("{} imported {} with {} txs", name, block, block.transactions().size());
    workSignalled.set(false);
    feed(new Event.BlockImported(ChainBlock.parent(head), validators(head)));
    if (pool.readyCount() > 0) {
      workPending();
    }
    return true;
  }

  private void report(Evidence evidence) {
    evidenceCount.incrementAndGet();
    LOG.warn(
        "{} caught {}: {} at height {} round {}",
        name,
        evidence.culprit(),
        evidence.kind(),
        evidence.first().height(),
        evidence.first().round());
  }
}
