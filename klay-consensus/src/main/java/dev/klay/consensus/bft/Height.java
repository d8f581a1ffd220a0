package dev.klay.consensus.bft;

import dev.klay.consensus.validator.ProposerSelection;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of the height being decided and the moves between its rounds; each kind of message has
 * its rule in a class of its own.
 */
final class Height {
  final BftConfig config;
  final Rules rules;
  final Parent parent;
  final ValidatorSet validators;
  private final ProposerSelection.Turn turn;
  final Justification justification;
  final MessageStore messages;
  final Outbox out;
  final ProposalRule proposals = new ProposalRule(this);
  final VoteRule votes = new VoteRule(this);
  final RoundChangeRule roundChanges = new RoundChangeRule(this);
  final Peers peers;

  /** Empty where this node does not validate the height, or may not sign yet. */
  Optional<MessageSigner> signer;

  final KnownBlocks blocks = new KnownBlocks();
  final SignedVotes signed = new SignedVotes();

  /** The last round for which a block was asked for or proposed, -1 if none. */
  int proposedRound = -1;

  int round;
  Phase phase = Phase.WAIT_PERIOD;
  @Nullable Proposal candidate;
  @Nullable Proposal accepted;
  @Nullable PreparedCertificate prepared;

  /** Whether something new was learnt since the last telling. */
  boolean progressed = true;

  /** Wall clock of the step that runs. */
  long wallMillis;

  private boolean workPending;
  private boolean roundTimerRuns;
  private boolean repeats;

  Height(
      BftConfig config,
      Rules rules,
      Parent parent,
      ValidatorSet validators,
      Optional<MessageSigner> signer,
      Peers peers,
      Outbox out) {
    this.config = config;
    this.rules = rules;
    this.messages = rules.messages();
    this.parent = parent;
    this.validators = validators;
    this.signer = signer.filter(s -> validators.contains(s.address()));
    this.peers = peers;
    this.out = out;
    this.turn =
        new ProposerSelection.Turn(parent.number() + 1, parent.builder(), parent.epochHash());
    this.justification = rules.justification(number(), validators);
  }

  long number() {
    return parent.number() + 1;
  }

  Address leader(int ofRound) {
    return config.proposers().leader(validators, turn, ofRound);
  }

  boolean isLeader() {
    return signer.filter(s -> s.address().equals(leader(round))).isPresent();
  }

  boolean isDecided() {
    return phase == Phase.IMPORTING;
  }

  int quorum() {
    return rules.quorum(validators);
  }

  /** Whether the ROUND_CHANGE of a later round forbids votes in this one. */
  boolean hasLeftRound() {
    return rules.hasLeft(round, signed.roundChange());
  }

  /**
   * This node may sign in this height after all: it takes up what it could not do so far. If it
   * left rounds in silence, it says so now: were all others in its place, nobody would ever ask.
   */
  void allowSigning(Optional<MessageSigner> allowed) {
    signer = allowed.filter(s -> validators.contains(s.address()));
    if (round > 0 && !isDecided()) {
      roundChanges.sign(round);
    }
    if (phase == Phase.WAIT_PROPOSAL) {
      proposals.propose();
    }
    proposals.prepareAccepted();
  }

  // Entering

  void enter(List<LedgerRecord> ledger) {
    ledger.forEach(this::restore);
    if (round > 0 || !signed.isEmpty()) {
      phase = Phase.WAIT_PROPOSAL;
      startRepeating();
      if (round == 0) {
        startRoundTimer();
      } else {
        arm();
      }
    } else {
      setTimer(TimerId.Kind.PERIOD, 0, untilPeriodIsOver());
    }
  }

  /**
   * Without a period the next block may have its parent's time, which is rounded up: waiting until
   * the clock is there would allow one block in 10 ms.
   */
  private long untilPeriodIsOver() {
    long start = parent.timestampMillis() + config.periodMillis();
    return config.periodMillis() == 0 ? 0 : Math.max(0, start - wallMillis);
  }

  /** Takes back what was signed before a restart; the same bytes are sent again. */
  private void restore(LedgerRecord record) {
    if (record instanceof LedgerRecord.Prepared stored) {
      restore(stored.certificate());
    } else if (record instanceof LedgerRecord.Round entered) {
      round = Math.max(round, entered.round());
    } else if (record instanceof LedgerRecord.Signed stored) {
      Message message = stored.message();
      round = Math.max(round, message.round());
      signed.add(message);
      if (message instanceof Proposal proposal) {
        proposedRound = Math.max(proposedRound, proposal.round());
      }
      out.add(new Effect.Broadcast(withoutBlock(message)));
      out.toSelf(message);
    } else {
      throw new AssertionError("a record that nobody restores: " + record);
    }
  }

  private void restore(PreparedCertificate certificate) {
    if (prepared == null || prepared.round() < certificate.round()) {
      prepared = certificate;
    }
    blocks.add(certificate.block());
    out.add(new Effect.Validate(certificate.block())); // seals of it may come before a proposal
  }

  private static Message withoutBlock(Message message) {
    return message instanceof RoundChange change ? change.withoutBlock() : message;
  }

  // Waiting for the period and for work

  void periodOver() {
    if (round != 0 || phase != Phase.WAIT_PERIOD) {
      return;
    }
    boolean othersHaveWork = !messages.newestRoundChanges().isEmpty();
    if (workPending || othersHaveWork || config.makesEmptyBlocksAtOnce()) {
      startRoundZero();
      return;
    }
    phase = Phase.WAIT_WORK;
    if (config.emptyPeriodMillis() > 0) {
      long due = parent.timestampMillis() + config.emptyPeriodMillis();
      setTimer(TimerId.Kind.EMPTY, 0, Math.max(0, due - wallMillis));
    }
  }

  void workPending() {
    workPending = true;
    endEmptyWait();
  }

  /** An empty block is due, or somebody has work. */
  void endEmptyWait() {
    if (phase == Phase.WAIT_WORK) {
      startRoundZero();
    }
  }

  private void startRoundZero() {
    phase = Phase.WAIT_PROPOSAL;
    startRoundTimer();
    startRepeating();
    proposals.propose();
  }

  boolean isWaiting() {
    return phase == Phase.WAIT_PERIOD || phase == Phase.WAIT_WORK;
  }

  /** A proposal of round 0 came while this node still waited. */
  void leaveWait() {
    if (isWaiting()) {
      phase = Phase.WAIT_PROPOSAL;
      startRepeating();
      if (round == 0) {
        startRoundTimer();
      }
    }
  }

  // Rounds

  /** Gives up the current round for a later one. */
  void moveTo(int later) {
    if (later <= round) {
      throw new AssertionError("round " + later + " is not behind " + round);
    }
    cancelTimer(TimerId.Kind.ROUND, round);
    roundTimerRuns = false;
    round = later;
    candidate = null;
    accepted = null;
    phase = Phase.WAIT_PROPOSAL;
    messages.enterRound(later);
    startRepeating();
    arm();
  }

  /**
   * Starts the timer of a later round only when a quorum is there too, so that rounds do not climb
   * while there is no quorum.
   */
  void arm() {
    boolean quorumIsHere =
        candidate != null || roundChanges.quorumIsHere() || rules.runsTimerAlone();
    if (round >= 1 && !roundTimerRuns && quorumIsHere) {
      startRoundTimer();
    }
  }

  private void startRoundTimer() {
    roundTimerRuns = true;
    boolean absent =
        round == 0 && peers.isAbsent(leader(0), number(), 2 * validators.size()) && !isLeader();
    setTimer(
        TimerId.Kind.ROUND,
        round,
        absent ? config.absentLeaderTimeoutMillis() : rules.timeoutMillis(config, round));
  }

  void roundTimedOut(int ofRound) {
    if (ofRound == round && !isDecided() && roundTimerRuns) {
      moveTo(round + 1);
      roundChanges.sign(round);
    }
  }

  // Telling others

  /**
   * Somebody is in the midst of what this node still waits for, perhaps with a wall clock that is
   * wrong: it must not wait in silence for what it missed.
   */
  void askIfBehind(Status other) {
    if (!repeats && !isDecided() && StatusExchange.hasMore(this, other)) {
      startRepeating();
    }
  }

  private void startRepeating() {
    repeats = true;
    setTimer(TimerId.Kind.REPEAT, 0, config.repeatMillis());
  }

  /** Tells what is known if nothing new came since the last time. */
  void repeat() {
    if (isDecided()) {
      return;
    }
    if (!progressed) {
      out.add(new Effect.BroadcastStatus());
      votes.fetchAgain();
    }
    progressed = false;
    startRepeating();
  }

  // Plumbing of the rules

  /** Persists and broadcasts a message of this node's, then handles it like anybody's. */
  void publish(Message message) {
    persist(message);
    out.add(new Effect.Broadcast(message));
    out.toSelf(message);
  }

  void persist(Message message) {
    signed.add(message);
    out.add(new Effect.Persist(new LedgerRecord.Signed(message)));
  }

  Hash digest(int type, int ofRound, Hash hash) {
    return rules.digest(type, config.genesisHash(), number(), ofRound, hash);
  }

  void setTimer(TimerId.Kind kind, int ofRound, long delayMillis) {
    out.add(new Effect.SetTimer(new TimerId(kind, number(), ofRound), delayMillis));
  }

  void cancelTimer(TimerId.Kind kind, int ofRound) {
    out.add(new Effect.CancelTimer(new TimerId(kind, number(), ofRound)));
  }

  /** Nothing of this height is due any more. */
  void cancelTimers() {
    for (TimerId.Kind kind : TimerId.Kind.values()) {
      boolean ofRound = kind == TimerId.Kind.ROUND || kind == TimerId.Kind.RETRY;
      cancelTimer(kind, ofRound ? round : 0);
    }
  }
}
