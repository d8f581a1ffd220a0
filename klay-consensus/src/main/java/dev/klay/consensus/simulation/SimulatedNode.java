package dev.klay.consensus.simulation;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.Stall;
import dev.klay.consensus.bft.BftConfig;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.node.Ballots;
import dev.klay.consensus.node.FinalChain;
import dev.klay.consensus.node.NodeCore;
import dev.klay.consensus.node.NodeListener;
import dev.klay.consensus.node.NodeRuntime;
import dev.klay.consensus.node.NodeSetup;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.wal.CorruptLedgerException;
import dev.klay.consensus.wal.FileLedger;
import dev.klay.consensus.wal.Incarnation;
import dev.klay.consensus.wal.LedgerFailedException;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.core.config.Ballot;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.storage.disk.SimulatedFiles;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a simulated network with the process on it: chain and disk outlive the process, a
 * crash loses the rest. All of it belongs to the network's one thread.
 *
 * <p>Longer than other files because power, pauses, clock, disk and lies all gate the same calls
 * into the production classes: whichever was cut off would need the others' state at every event.
 */
public final class SimulatedNode {
  private static final long MILLIS = 1_000_000;

  private final World world;
  private final int index;
  private final NodeRole role;
  private final MessageSigner signer;
  private final FinalChain chain;
  private final Ballots ballots;
  private final SimulatedDisk disk;
  private final ClockModel clock = new ClockModel();
  private final SplittableRandom random;
  private final Sightings sightings;

  private @Nullable NodeCore core;
  private @Nullable WatchedLedger ledger;
  private @Nullable Behaviour behaviour;
  private int life;
  private long busyUntil;
  private long syncMicros = 200;
  private long computeMicros = 500;
  private boolean trusted = true;
  private long openings;
  private long lastRound;
  private long lastHeight;

  SimulatedNode(
      World world,
      int index,
      NodeRole role,
      MessageSigner signer,
      FinalChain chain,
      Ballots ballots,
      SplittableRandom random) {
    this.world = world;
    this.index = index;
    this.role = role;
    this.signer = signer;
    this.chain = chain;
    this.ballots = ballots;
    this.random = random;
    this.sightings = new Sightings(world);
    this.disk =
        new SimulatedDisk(
            () -> payFor(syncMicros), () -> world.coverage().hit(Sometimes.TORN_TAIL));
  }

  // The process

  void start() {
    if (core != null) {
      return;
    }
    int born = ++life;
    busyUntil = world.now();
    Optional<WatchedLedger> opened = openLedger();
    if (opened.isEmpty()) {
      return;
    }
    ledger = opened.orElseThrow();
    sightings.started(ledger, chain.head().number() + 1, trusted, life > 1);
    if (life > 1 && ledger.origin() != VoteLedger.Origin.COMPLETE && chain.head().number() == 0) {
      world.checker().mayBeginAnew(address());
    }
    core =
        new NodeCore(
            new NodeSetup(
                chain,
                ledger,
                role == NodeRole.CONSENSUS ? Optional.of(signer) : Optional.empty(),
                config(),
                world.options().machines(),
                world.options().limits(),
                new Runtime(born),
                (to, frame) -> send(born, to, frame),
                new Listener(),
                trusted ? Optional.of(1L) : Optional.empty(),
                (from, transactions) -> {
                  if (chain instanceof RealChain real) {
                    transactions.forEach(real::submit);
                  }
                },
                world.options().autoBallot() ? ballots::accuse : culprit -> {}));
    trusted = alwaysTrusted;
    world.trace(this, Trace.STARTED, chain.head().number(), born);
    enter(born, () -> running().start());
    world.connect(this);
  }

  private BftConfig config() {
    return world.options().config(chain.genesisHash());
  }

  private NodeCore running() {
    NodeCore here = core;
    if (here == null) {
      throw new AssertionError(this + " does not run");
    }
    return here;
  }

  /** A ledger that is damaged keeps the node from voting; here it is thrown away, as one would. */
  private Optional<WatchedLedger> openLedger() {
    byte[] id = new byte[Incarnation.SIZE];
    id[0] = (byte) index;
    id[1] = (byte) (openings >> 8);
    id[2] = (byte) openings++;
    try {
      VoteLedger found =
          FileLedger.open(
              disk.open(),
              world.messages(),
              world.options().format(),
              disk,
              new Incarnation(Bytes.wrap(id)));
      return Optional.of(new WatchedLedger(world.options().ledgers().apply(found)));
    } catch (CorruptLedgerException damaged) {
      world.coverage().hit(Sometimes.LEDGER_CORRUPT);
      disk.wipe();
      return openLedger();
    } catch (LedgerFailedException refused) {
      disk.crash(random); // the process could not start: it is started again
      world.queue().after(MILLIS * 100, this::start);
      return Optional.empty();
    }
  }

  /** The process ends without a word; what it did not sync may be lost. */
  public void crash() {
    NodeCore ending = core;
    if (ending == null) {
      return;
    }
    ending.close();
    core = null;
    life++;
    disk.crash(random);
    if (forgetsInCrash) {
      disk.wipe();
    }
    world.trace(this, Trace.CRASHED, chain.head().number(), life);
    world.disconnect(this);
  }

  /** Starts the process again. */
  public void restart() {
    start();
  }

  /** Runs a step of the process, once it is free. */
  private void enter(int born, Runnable step) {
    if (born != life || core == null) {
      return;
    }
    if (world.now() < busyUntil) {
      world.queue().at(busyUntil, () -> enter(born, step));
      return;
    }
    step.run();
    if (born == life && core != null) {
      afterStep();
    }
  }

  private void afterStep() {
    NodeCore here = running();
    if (disk.hasCrashed()) {
      crash();
      world.queue().after(random.nextLong(1, 3000) * MILLIS, this::start);
      return;
    }
    boolean back =
        here.openHeight() < lastHeight
            || here.openHeight() == lastHeight && here.round() < lastRound;
    if (back && !isLiar() && sameLife == life) {
      world.checker().fail("I6", world.nowMillis(), this + " went back");
    }
    sightings.round(here.round(), here.openHeight() == lastHeight ? lastRound : here.round());
    if (!isLiar()) {
      world.checker().reached(this, here.openHeight(), here.round(), world);
    }
    sameLife = life;
    lastHeight = here.openHeight();
    lastRound = here.round();
  }

  private int sameLife;

  /** The process does nothing for this long. */
  private void payFor(long micros) {
    busyUntil = Math.max(busyUntil, world.now()) + micros * 1000;
  }

  // The network

  private void send(int born, Address to, Frame frame) {
    if (born == life) {
      if (!isLiar() && frame instanceof Frame.Vote vote && isOwn(vote.message())) {
        world.checker().sent(this, vote.message(), world.nowMillis());
        sightings.sent(vote.message());
        Message message = vote.message();
        world.trace(this, Trace.SENT, message.height(), message.round());
      }
      world.send(this, to, frame, Math.max(world.now(), busyUntil));
    }
  }

  private boolean isOwn(Message message) {
    return message.author().equals(signer.address());
  }

  void receive(int toLife, SimulatedNode from, Frame frame) {
    enter(
        toLife,
        () -> {
          if (behaviour != null) {
            behaviour.received(this, from, frame);
          }
          sightings.received(this, frame);
          running().received(from.address(), frame);
        });
  }

  void peerUp(int toLife, SimulatedNode peer) {
    enter(toLife, () -> running().peerUp(peer.address(), peer.role));
  }

  void peerDown(int toLife, SimulatedNode peer) {
    enter(toLife, () -> running().peerDown(peer.address()));
  }

  /** The process's own view of time and work. */
  private final class Runtime implements NodeRuntime {
    private final int born;

    Runtime(int born) {
      this.born = born;
    }

    @Override
    public long wallMillis() {
      return clock.wallMillis(world.now());
    }

    @Override
    public long monoNanos() {
      return world.now();
    }

    @Override
    public Scheduled schedule(long delayMillis, Runnable task) {
      boolean[] cancelled = {false};
      Runnable unlessCancelled =
          () -> {
            if (!cancelled[0]) {
              task.run();
            }
          };
      EventQueue.Entry entry =
          world.queue().after(clock.delayNanos(delayMillis), () -> enter(born, unlessCancelled));
      return () -> {
        cancelled[0] = true;
        entry.cancel();
      };
    }

    @Override
    public void compute(Runnable work) {
      payFor(computeMicros + random.nextLong(computeMicros + 1));
      world.queue().at(busyUntil, () -> enter(born, work));
    }
  }

  /** Tells the checker. */
  private final class Listener implements NodeListener {
    @Override
    public void imported(FinalBlock block) {
      world.imported(SimulatedNode.this, block);
    }

    @Override
    public void caught(Evidence evidence) {
      world.caught(SimulatedNode.this, evidence);
    }

    @Override
    public void forked(FinalBlock ours, FinalBlock theirs) {
      if (!isLiar()) {
        world.checker().fail("I1", world.nowMillis(), SimulatedNode.this + " saw two final blocks");
      }
    }

    @Override
    public void stopped(Effect.StopReason reason, String detail) {
      world.stopped(SimulatedNode.this, reason, detail);
    }

    @Override
    public void alarm(Alarm alarm, String detail) {
      if (alarm != Alarm.AMNESIA) { // which is counted where it is decided
        world.coverage().hit(Sometimes.valueOf(alarm.name()));
      }
    }

    @Override
    public void strangerVoted(Message message) {} // those of councils that were, by late links

    @Override
    public void stalled(Stall told) {
      world.coverage().hit(Sometimes.STALL);
      if (told.height() != headNumber() + 1) {
        world.checker().fail("stall", world.nowMillis(), SimulatedNode.this + " decided " + told);
      }
    }

    @Override
    public void banned(Address peer, String why) {
      world.banned(SimulatedNode.this, peer, why);
    }
  }

  // Faults

  /** Makes the node misbehave, or its machine fail. */
  public void inject(Fault fault) {
    fault.applyTo(this);
  }

  void behave(Behaviour as) {
    behaviour = as;
    world.distrust(this);
  }

  /** The next life does not need to prove that its key has signed nothing. */
  void trust() {
    trusted = true;
  }

  private boolean forgetsInCrash;
  private boolean alwaysTrusted;

  /** Each crash loses the ledger, and nobody minds: what some chains do. */
  void forgetInCrashes() {
    forgetsInCrash = true;
    alwaysTrusted = true;
  }

  /** The node never waits before it votes again. */
  void trustAlways() {
    alwaysTrusted = true;
  }

  @Nullable Behaviour behaviour() {
    return behaviour;
  }

  void pause(Duration duration) {
    payFor(duration.toNanos() / 1000);
  }

  void slowDisk(long micros) {
    syncMicros = micros;
  }

  void slowCpu(long micros) {
    computeMicros = micros;
  }

  /** The whole data directory is gone. */
  void wipe() {
    crash();
    disk.wipe();
    if (chain instanceof LightChain light) {
      light.truncate(0);
    }
  }

  /** The chain's store lost its last blocks, the ledger is whole. */
  void loseBlocks(long count) {
    crash();
    if (chain instanceof LightChain light) {
      light.truncate(Math.max(0, chain.head().number() - count));
    }
  }

  private @Nullable SimulatedFiles backup;
  private long backupHeight;

  /** Copies the data directory. */
  void backUp() {
    backup = disk.backup(random);
    backupHeight = chain.head().number();
  }

  /** The data directory is the old copy again. */
  void restoreBackup() {
    if (backup == null) {
      return;
    }
    crash();
    if (disk.notedHeight() <= backupHeight + 1) {
      // a copy of the very height that is voted on is not recognised: the identity is lost
      behave((liar, to, frame) -> Behaviour.Delivery.now(frame));
    }
    disk.restore(backup, random);
    if (chain instanceof LightChain light) {
      light.truncate(Math.min(backupHeight, chain.head().number()));
    }
  }

  /** Votes for a validator to come or go, as {@link dev.klay.consensus.KlayNode#cast} does. */
  public void cast(Ballot ballot) {
    ballots.cast(ballot);
    enter(life, () -> running().workPending());
  }

  /** Its ballots that ask for what does not hold yet. */
  public List<Ballot> openBallots() {
    return ballots.open();
  }

  void withdraw(Address target) {
    ballots.withdraw(target);
  }

  /** Something to put into a block. */
  void submit(long number) {
    if (chain instanceof LightChain light) {
      enter(
          life,
          () -> {
            light.submit(number);
            running().workPending();
          });
    }
  }

  /**
   * Hands a transaction to this node alone; it goes into a block when this node leads.
   *
   * @throws IllegalStateException if the network was built without real blocks
   */
  public void submit(SignedTx transaction) {
    if (!(chain instanceof RealChain real)) {
      throw new IllegalStateException("transactions need real blocks; call realBlocks(...)");
    }
    enter(
        life,
        () -> {
          real.submit(transaction);
          running().workPending();
        });
  }

  /**
   * The head with its state.
   *
   * @throws IllegalStateException if the network was built without real blocks
   */
  public ChainHead head() {
    if (!(chain instanceof RealChain real)) {
      throw new IllegalStateException("a state needs real blocks; call realBlocks(...)");
    }
    return real.state();
  }

  void heal() {
    clock.heal();
    syncMicros = 200;
    computeMicros = 500;
    disk.makeRoom();
    if (disk.isArmed()) {
      crash(); // what waits for a call goes with the process
    }
    busyUntil = Math.min(busyUntil, world.now());
  }

  // What is seen from outside

  int index() {
    return index;
  }

  int life() {
    return life;
  }

  boolean isUp() {
    return core != null;
  }

  boolean isStopped() {
    return core != null && core.isStopped();
  }

  boolean isLiar() {
    return behaviour != null;
  }

  NodeRole role() {
    return role;
  }

  MessageSigner signer() {
    return signer;
  }

  SimulatedDisk disk() {
    return disk;
  }

  WatchedLedger ledger() {
    WatchedLedger here = ledger;
    if (here == null) {
      throw new AssertionError(this + " has no ledger yet");
    }
    return here;
  }

  ClockModel clock() {
    return clock;
  }

  World world() {
    return world;
  }

  SplittableRandom random() {
    return random;
  }

  FinalChain chain() {
    return chain;
  }

  long headNumber() {
    return chain.head().number();
  }

  /** The address of the node's key. */
  public Address address() {
    return signer.address();
  }

  /** The last final block's number. */
  public long height() {
    return chain.head().number();
  }

  /** The round of the height it decides; 0 while it does not run. */
  public int round() {
    return core == null ? 0 : core.round();
  }

  /** The height that it cannot decide, and what it knows of why; empty unless one stays open. */
  public Optional<Stall> stall() {
    return core == null ? Optional.empty() : core.stall();
  }

  @Override
  public String toString() {
    return "node " + index;
  }
}
