package dev.klay.consensus.node;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.Stall;
import dev.klay.consensus.bft.BftMachine;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Event;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.bft.Status;
import dev.klay.consensus.bft.TimerId;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.consensus.wal.LedgerFailedException;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.crypto.primitive.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The logic of one node around the pure machine, without a thread and without a clock of its own:
 * the same under the thread of {@link NodeDriver} and under the event loop of the simulator. All
 * methods are called one after the other.
 *
 * <p>Effects are performed in their order. What is to be persisted is written and synced before
 * anything behind it leaves the node.
 *
 * <p>Longer than other files because it is the one list of what a frame and an effect lead to; what
 * has state of its own (sync, amnesia, peers, evidence) is in classes of its own.
 */
public final class NodeCore {
  /** In a chain without faults nobody else asks what the others' clocks say. */
  private static final long CLOCKS_NANOS = 60_000_000_000L;

  private final FinalChain chain;
  private final VoteLedger ledger;
  private final NodeSetup setup;
  private final NodeRuntime runtime;
  private final FrameSender out;
  private final NodeListener listener;
  private final BftMachine machine;
  private final PeerBook peers;
  private final BlockSync sync;
  private final StallWatch stalls;
  private final ClockWatch clock;
  private final BlockAnswers answers;
  private final EvidenceStore evidence = new EvidenceStore();
  private final Timers timers;
  private final List<LedgerRecord> unwritten = new ArrayList<>();

  private @Nullable AmnesiaWatch amnesia;
  private boolean workSignalled;
  private boolean stopped;
  private boolean forked;
  private long clocksComparedNanos;
  private long signsFrom;

  /** A node that stands still until {@link #start}. */
  public NodeCore(NodeSetup setup) {
    this.setup = setup;
    this.chain = setup.chain();
    this.ledger = setup.ledger();
    this.runtime = setup.runtime();
    this.out = setup.out();
    this.listener = setup.listener();
    this.peers = new PeerBook(setup.limits(), this::wallAheadMillis);
    this.answers = new BlockAnswers(runtime);
    this.timers = new Timers(runtime, timer -> feed(new Event.TimerFired(timer)));
    this.sync =
        new BlockSync(
            chain, peers, runtime, setup.limits(), out, listener, this::importUnlessKnown);
    this.machine =
        setup.machines().create(setup.config(), setup.signer(), chain.head(), chain.validators());
    this.stalls = new StallWatch(machine, chain, peers, setup.config().roundTimeoutMillis());
    this.clock = new ClockWatch(peers, listener, setup.config().maxDriftMillis());
  }

  // Starting

  /** Opens the height behind the chain's head, and decides whether the node may sign there. */
  public void start() {
    signsFrom = mayNotSignBefore();
    clocksComparedNanos = runtime.monoNanos();
    perform(machine.start(ledger.records(), signsFrom, runtime.wallMillis()));
    resumeIfAllowed();
    if (chain.hasWork()) {
      workPending();
    }
  }

  private long mayNotSignBefore() {
    if (setup.signer().isEmpty()) {
      return 0;
    }
    if (setup.signsFrom().isPresent()) {
      trustLedger();
      return setup.signsFrom().orElseThrow();
    }
    if (ledger.origin() != VoteLedger.Origin.COMPLETE) {
      amnesia = new AmnesiaWatch(chain, setup.signer().orElseThrow().address());
      if (ledger.origin() == VoteLedger.Origin.OLD_COPY || chain.head().number() > 0) {
        listener.alarm(NodeListener.Alarm.AMNESIA, "the vote ledger is " + ledger.origin());
      }
      return Long.MAX_VALUE;
    }
    long head = chain.head().number();
    long signed = ledger.records().stream().mapToLong(LedgerRecord::height).max().orElse(0);
    if (signed > head + 1 || ledger.finalHeight() > head) {
      listener.alarm(
          NodeListener.Alarm.CHAIN_BEHIND_LEDGER,
          "the chain ends at " + head + ", votes were cast at " + signed);
      return Math.max(signed, ledger.finalHeight()) + 1;
    }
    return 0;
  }

  private void resumeIfAllowed() {
    AmnesiaWatch watch = amnesia;
    if (watch == null) {
      return;
    }
    Optional<Long> from = watch.mayResumeAt();
    if (from.isPresent()) {
      amnesia = null;
      signsFrom = from.orElseThrow();
      noteHeadInLedger();
      trustLedger();
      feed(new Event.SigningAllowed(from.orElseThrow()));
    }
  }

  private void noteHeadInLedger() {
    long head = chain.head().number();
    if (head > 0) {
      ledger.finalised(head, chain.head().hash());
    }
  }

  private void trustLedger() {
    try {
      ledger.trust();
    } catch (LedgerFailedException e) {
      stop(Effect.StopReason.STORAGE_FAULT, String.valueOf(e.getMessage()));
    }
  }

  // From the network

  public void peerUp(Address peer, NodeRole role) {
    peers.up(peer, role, runtime.monoNanos());
    feed(new Event.PeerUp(peer));
    out.send(peer, knowledge());
  }

  public void peerDown(Address peer) {
    peers.down(peer);
    sync.peerDown(peer);
    answers.peerDown(peer);
    feed(new Event.PeerDown(peer));
  }

  /** Handles a frame of a peer that came just now. */
  public void received(Address from, Frame frame) {
    received(from, frame, runtime.monoNanos());
  }

  /**
   * Handles a frame of a peer.
   *
   * @param arrivedNanos when it came, by the runtime's monotonic clock; it may have waited since
   */
  public void received(Address from, Frame frame, long arrivedNanos) {
    if (!peers.admits(from, runtime.monoNanos()) || forked || stopped && !isRead(frame)) {
      return;
    }
    if (frame instanceof Frame.Vote vote) {
      hintOfHead(from, vote.message());
      stalls.saw(vote.message().author(), vote.message().height(), vote.message().round());
      tellOfStranger(vote.message());
      feed(new Event.MessageReceived(vote.message()));
    } else if (frame instanceof Frame.FinalBlocks blocks) {
      sync.received(from, blocks.blocks());
    } else if (frame instanceof Frame.Final made) {
      receivedFinal(from, made.block());
    } else if (frame instanceof Frame.Transactions transactions) {
      setup.transactions().received(from, transactions.transactions());
      if (chain.hasWork()) {
        workPending();
      }
    } else if (frame instanceof Frame.Announcement told) {
      setup.transactions().announced(from, told.hashes());
    } else if (frame instanceof Frame.GetTransactions get) {
      setup.transactions().asked(from, get.hashes());
    } else if (frame instanceof Frame.Knowledge knowledge) {
      answer(from, knowledge, arrivedNanos);
    } else if (frame instanceof Frame.GetBlocks get) {
      ask(from, () -> sendBlocks(from, get.from(), get.count(), get.bytesMax()));
    } else if (frame instanceof Frame.GetBlock get) {
      ask(from, () -> sendBlock(from, get));
    } else if (frame instanceof Frame.Caught caught) {
      receivedEvidence(caught.evidence());
    } else {
      throw new AssertionError("a frame that nobody handles: " + frame);
    }
  }

  /** What a stopped node still answers. */
  private static boolean isRead(Frame frame) {
    return frame instanceof Frame.GetBlocks || frame instanceof Frame.GetBlock;
  }

  /** The machine passes over a vote of who has none; whoever operates the node should know. */
  private void tellOfStranger(Message message) {
    if (message.height() == machine.openHeight()
        && !chain.validators().contains(message.author())) {
      listener.strangerVoted(message);
    }
  }

  /** Whoever votes two heights on has the block of this one; one height on it may be a race. */
  private void hintOfHead(Address from, Message message) {
    if (message.author().equals(from) && message.height() > machine.openHeight() + 1) {
      sync.sawHead(from, message.height() - 1);
    }
  }

  private void receivedFinal(Address from, FinalBlock block) {
    boolean mayBeValidator = peers.peer(from, runtime.monoNanos()).role == NodeRole.CONSENSUS;
    if (amnesia != null && mayBeValidator) {
      amnesia.saw(from, block);
    }
    stalls.saw(from, block.number() + 1, 0);
    sync.received(from, List.of(block));
    resumeIfAllowed();
  }

  private void answer(Address from, Frame.Knowledge knowledge, long arrivedNanos) {
    Status status = knowledge.status();
    PeerBook.Peer peer = peers.peer(from, runtime.monoNanos());
    peer.toldClock(knowledge.wallClockMillis() - TimeUnit.NANOSECONDS.toMillis(arrivedNanos));
    if (peer.toldClockOnce()) {
      out.send(from, knowledge()); // the other needs a second word, too
    }
    clock.look(chain.validators().size());
    stalls.saw(from, status.height(), status.round());
    askForHead(from, status);
    long ours = chain.head().number() + 1;
    if (status.height() > ours) {
      sync.sawHead(from, status.height() - 1);
    } else if (peers.takesAnswer(from, runtime.monoNanos())) {
      if (status.height() < ours) {
        ask(
            from,
            () -> sendBlocks(from, status.height(), Frame.FinalBlocks.MAX, Integer.MAX_VALUE));
      } else if (peer.role == NodeRole.CONSENSUS) {
        feed(new Event.StatusReceived(from, status));
      }
    }
  }

  /** A node that forgot what it signed needs to see where the others are, with certificates. */
  private void askForHead(Address from, Status status) {
    if (amnesia == null) {
      return;
    }
    if (status.height() == 1) {
      amnesia.sawGenesis(from);
      resumeIfAllowed();
    } else {
      out.send(from, new Frame.GetBlock(status.height() - 1, status.headHash()));
    }
  }

  private void ask(Address from, Runnable answer) {
    answers.ask(from, peers.peer(from, runtime.monoNanos()).role, answer);
  }

  private void sendBlocks(Address to, long from, int count, int bytesMax) {
    int room = Math.min(bytesMax, setup.limits().blocksBytesMax());
    List<FinalBlock> blocks = FinalBlocks.from(chain, from, count, room);
    if (!blocks.isEmpty()) {
      out.send(to, new Frame.FinalBlocks(blocks));
    }
  }

  private void sendBlock(Address to, Frame.GetBlock get) {
    if (get.height() > 0 && get.height() <= chain.head().number()) {
      chain.block(get.height()).ifPresent(block -> out.send(to, new Frame.Final(block)));
    } else if (get.height() == machine.openHeight()) {
      machine.proposalOf(get.hash()).ifPresent(proposal -> out.send(to, new Frame.Vote(proposal)));
    }
  }

  private void receivedEvidence(Evidence claimed) {
    boolean ofValidator =
        chain
            .validatorsOf(claimed.first().height())
            .filter(v -> v.contains(claimed.culprit()))
            .isPresent();
    if (ofValidator && claimed.isConclusive()) {
      keep(claimed.bare());
    }
  }

  /** Keeps proof against a validator; false if there is enough of it. */
  private boolean keep(Evidence found) {
    if (!evidence.add(found)) {
      return false;
    }
    listener.caught(found);
    if (!machine.isSelf(found.culprit()) && chain.validators().contains(found.culprit())) {
      setup.accused().accept(found.culprit());
    }
    if (!stopped && chain.hasWork()) {
      workPending();
    }
    return true;
  }

  // From the node itself

  /** There may be something to put into a block. */
  public void workPending() {
    if (!workSignalled) {
      workSignalled = true;
      feed(new Event.WorkPending());
    }
  }

  /** Makes a block wanted now, empty or not, though its period may not be over: for development. */
  public void demandBlock(long height) {
    if (machine.openHeight() == height) { // else it is there already
      workPending();
      feed(new Event.TimerFired(new TimerId(TimerId.Kind.PERIOD, height, 0)));
    }
  }

  /** Stops for good: the node reads and answers on, and signs nothing. */
  public void stop(Effect.StopReason reason, String detail) {
    if (!stopped) {
      stopped = true;
      timers.cancelAll();
      listener.stopped(reason, detail);
    }
  }

  /** Ends without a word, as a process does. */
  public void close() {
    stopped = true;
    timers.cancelAll();
  }

  // Around the machine

  private void feed(Event event) {
    if (!stopped) {
      perform(machine.step(event, runtime.wallMillis()));
      stalls.look(runtime.monoNanos()).ifPresent(listener::stalled);
    }
  }

  private void perform(List<Effect> effects) {
    try {
      for (Effect effect : effects) {
        if (stopped) {
          return;
        }
        if (effect instanceof Effect.Persist persist) {
          unwritten.add(persist.record());
        } else {
          writeLedger();
          perform(effect);
        }
      }
      writeLedger();
    } catch (LedgerFailedException e) {
      stop(Effect.StopReason.STORAGE_FAULT, String.valueOf(e.getMessage()));
    }
  }

  private void writeLedger() {
    if (!unwritten.isEmpty()) {
      ledger.append(List.copyOf(unwritten));
      unwritten.clear();
    }
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Broadcast broadcast) {
      toValidators(new Frame.Vote(broadcast.message()));
    } else if (effect instanceof Effect.Send send) {
      out.send(send.to(), new Frame.Vote(send.message()));
    } else if (effect instanceof Effect.BroadcastStatus) {
      toValidators(knowledge());
    } else if (effect instanceof Effect.SetTimer set) {
      timers.set(set.timer(), set.delayMillis());
    } else if (effect instanceof Effect.CancelTimer cancel) {
      timers.cancel(cancel.timer());
    } else if (effect instanceof Effect.Build build) {
      runtime.compute(() -> build(build));
    } else if (effect instanceof Effect.Validate validate) {
      runtime.compute(() -> validate(validate.block()));
    } else if (effect instanceof Effect.Import done) {
      runtime.compute(() -> finish(new FinalBlock(done.block(), done.certificate())));
    } else if (effect instanceof Effect.Fetch fetch) {
      Frame.GetBlock get = new Frame.GetBlock(fetch.height(), fetch.hash());
      fetch.peers().stream().filter(peers::isHere).forEach(peer -> out.send(peer, get));
    } else if (effect instanceof Effect.Report report) {
      report(report.evidence());
    } else if (effect instanceof Effect.Stop stop) {
      stop(stop.reason(), stop.detail());
    } else {
      throw new AssertionError("an effect that nobody performs: " + effect);
    }
  }

  private long wallAheadMillis() {
    return runtime.wallMillis() - TimeUnit.NANOSECONDS.toMillis(runtime.monoNanos());
  }

  private Frame knowledge() {
    return new Frame.Knowledge(machine.status(), Math.max(0, runtime.wallMillis()));
  }

  private void toValidators(Frame frame) {
    peers.ofRole(NodeRole.CONSENSUS).forEach(peer -> out.send(peer, frame));
  }

  /** Makes a block, unless the head moved or the clock here is wrong: others are better leaders. */
  private void build(Effect.Build build) {
    if (stopped || chain.head().number() + 1 != build.height()) {
      return;
    }
    long wall = runtime.wallMillis();
    long time =
        BlockClock.next(build.parent().timestampMillis(), setup.config().periodMillis(), wall);
    Optional<ProposedBlock> built = clock.isWrong() ? Optional.empty() : chain.build(build, time);
    feed(new Event.BlockBuilt(build.height(), build.round(), built));
  }

  private void validate(ProposedBlock block) {
    if (!stopped && chain.head().number() + 1 == block.number()) {
      feed(new Event.BlockValidated(block.number(), block.hash(), chain.validate(block)));
    }
  }

  /** The machine decided: the block goes to the chain, and to those who only follow. */
  private void finish(FinalBlock block) {
    if (stopped || chain.head().number() + 1 != block.number()) {
      return; // it came by sync meanwhile
    }
    Optional<String> fault = importNext(block);
    if (fault.isPresent()) {
      stop(
          Effect.StopReason.LOCAL_DIVERGENCE, "a decided block is refused: " + fault.orElseThrow());
      return;
    }
    Frame news = new Frame.Final(block);
    peers.ofRole(NodeRole.RANGER).forEach(peer -> out.send(peer, news));
  }

  private Optional<String> importUnlessKnown(FinalBlock block) {
    if (block.number() == chain.head().number() + 1) {
      return importNext(block);
    }
    return chain.block(block.number()).flatMap(ours -> compare(ours, block));
  }

  /**
   * Two certificates at one height: the last line of defence is to stop, to keep both, to show them
   * to everybody, and to serve nothing any more: nobody knows which of the chains will be gone on
   * with. Another block without a certificate is a lie, which is not listened to twice: checking it
   * is dear.
   */
  private Optional<String> compare(FinalBlock ours, FinalBlock theirs) {
    Optional<ValidatorSet> validators = chain.validatorsOf(ours.number());
    if (ours.hash().equals(theirs.hash()) || validators.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> fault = chain.certificateFault(theirs, validators.orElseThrow());
    if (fault.isEmpty() && !forked) {
      forked = true;
      listener.forked(ours, theirs);
      for (Address peer : peers.all()) {
        out.send(peer, new Frame.Final(ours));
        out.send(peer, new Frame.Final(theirs));
      }
      stop(Effect.StopReason.FORK, "two certificates at height " + ours.number());
    }
    return fault;
  }

  private Optional<String> importNext(FinalBlock block) {
    Optional<String> fault = chain.importBlock(block);
    if (fault.isPresent()) {
      return fault;
    }
    ledger.finalised(block.number(), block.hash());
    workSignalled = false;
    listener.imported(block);
    compareClocks(block.certificate().round() > 0);
    feed(new Event.BlockImported(chain.head(), chain.validators()));
    resumeIfAllowed();
    if (chain.hasWork()) {
      workPending();
    }
    return Optional.empty();
  }

  /** A round that failed may have done so because of a clock. */
  private void compareClocks(boolean roundsFailed) {
    long now = runtime.monoNanos();
    boolean due = roundsFailed || now - clocksComparedNanos >= CLOCKS_NANOS;
    if (due && setup.signer().isPresent()) {
      clocksComparedNanos = now;
      toValidators(knowledge());
    }
  }

  private void report(Evidence reported) {
    Evidence found = reported.bare();
    if (keep(found)) {
      Frame frame = new Frame.Caught(found);
      peers.all().forEach(peer -> out.send(peer, frame));
    }
  }

  // What is seen from outside

  /** The round of the open height. */
  public int round() {
    return machine.round();
  }

  public long openHeight() {
    return machine.openHeight();
  }

  /** Who leads the open height's round and the rounds behind it: the next blocks' makers. */
  public List<Address> nextLeaders(int count) {
    return machine.nextLeaders(count);
  }

  public boolean isStopped() {
    return stopped;
  }

  /** Whether the node waits until it may vote again. */
  public boolean isAmnesic() {
    return amnesia != null;
  }

  /** Whether votes for the open height may contradict others that the node does not know. */
  public boolean isWaitingToSign() {
    return machine.openHeight() < signsFrom;
  }

  /** The height that stays open, if there is one. */
  public Optional<Stall> stall() {
    return stalls.stall();
  }

  /** How long the open height has had something to decide. */
  public Duration open() {
    return stopped ? Duration.ZERO : stalls.open(runtime.monoNanos());
  }

  /** Everybody who was caught, oldest height first. */
  public List<Evidence> evidence() {
    return evidence.all();
  }
}
