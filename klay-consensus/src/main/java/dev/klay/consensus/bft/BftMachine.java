package dev.klay.consensus.bft;

import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides one height after the other. A pure function of its history: equal events give equal
 * effects. For one thread; the driver performs the effects of a step in their order before the next
 * step. See the package comment for the protocol.
 *
 * <pre>{@code
 * List<Effect> effects = machine.start(parent, validators, ledger, wallMillis);
 * effects = machine.step(new Event.MessageReceived(message), wallMillis);
 * }</pre>
 */
public final class BftMachine {
  private final BftConfig config;
  private final Optional<MessageSigner> signer;
  private final Rules rules;
  private final Outbox out = new Outbox();
  private final Peers peers = new Peers();
  private final FutureMessages future = new FutureMessages();
  private Height height;
  private long signingFrom;
  private boolean stopped;

  /**
   * A machine behind a block, which decides nothing before {@link #start}.
   *
   * @param signer empty for a node that only follows
   */
  public BftMachine(
      BftConfig config, Optional<MessageSigner> signer, Parent parent, ValidatorSet validators) {
    this(config, signer, parent, validators, Rules.STANDARD);
  }

  BftMachine(
      BftConfig config,
      Optional<MessageSigner> signer,
      Parent parent,
      ValidatorSet validators,
      Rules rules) {
    this.config = config;
    this.signer = signer;
    this.rules = rules;
    this.height = new Height(config, rules, parent, validators, signer, peers, out);
  }

  /** Opens the height behind the parent; as {@link #start(List, long, long)} with a ledger. */
  public List<Effect> start(List<LedgerRecord> ledger, long wallMillis) {
    return start(ledger, 0, wallMillis);
  }

  /**
   * Opens the height behind the parent.
   *
   * @param ledger what was kept of this height before a restart, in the order it was written
   * @param mayNotSignBefore the first height to sign in; {@link Long#MAX_VALUE} until {@link
   *     Event.SigningAllowed}
   */
  public List<Effect> start(List<LedgerRecord> ledger, long mayNotSignBefore, long wallMillis) {
    signingFrom = mayNotSignBefore;
    height = open(height.parent, height.validators);
    height.wallMillis = wallMillis;
    height.enter(ledger.stream().filter(r -> r.height() == height.number()).toList());
    return settle();
  }

  /** Takes one event; the effects in the order in which they must be performed. */
  public List<Effect> step(Event event, long wallMillis) {
    if (stopped) {
      return List.of();
    }
    height.wallMillis = wallMillis;
    dispatch(event);
    return settle();
  }

  /** The height being decided. */
  public long openHeight() {
    return height.number();
  }

  /** Whether the height waits for its period to be over, or for something to decide. */
  public boolean isWaiting() {
    return height.isWaiting();
  }

  /** Whether this is the validator that the machine signs for. */
  public boolean isSelf(Address validator) {
    return signer.filter(s -> s.address().equals(validator)).isPresent();
  }

  /** What this node knows of the open height. */
  public Status status() {
    return StatusExchange.statusOf(height);
  }

  /** Whether the machine has stopped for good. */
  public boolean isStopped() {
    return stopped;
  }

  /** Number of messages kept for heights that are not open yet. */
  int futureCount() {
    return future.count();
  }

  /** Number of votes kept of one validator for the open height. */
  int voteCount(Address author) {
    return height.messages.countOf(author);
  }

  /** The proposal that carries a block of the open height, if it is here. */
  public Optional<Proposal> proposalOf(Hash hash) {
    return Optional.ofNullable(height.candidate).filter(p -> p.hash().equals(hash));
  }

  /** Who leads the round of that height, and the rounds behind it; each validator once. */
  public List<Address> nextLeaders(int count) {
    return IntStream.range(0, Math.min(count, height.validators.size()))
        .mapToObj(i -> height.leader(height.round + i))
        .toList();
  }

  /** The round of that height. */
  public int round() {
    return height.round;
  }

  private void dispatch(Event event) {
    if (event instanceof Event.MessageReceived received) {
      if (isOfTwin(received.message())) {
        out.add(new Effect.Stop(Effect.StopReason.TWIN_KEY, "not in the ledger: " + received));
      } else {
        receive(received.message());
      }
    } else if (event instanceof Event.TimerFired fired) {
      fire(fired.timer());
    } else if (event instanceof Event.BlockBuilt built) {
      if (built.height() == height.number()) {
        height.proposals.built(built.round(), built.block());
      }
    } else if (event instanceof Event.BlockValidated validated) {
      if (validated.height() == height.number()) {
        height.proposals.validated(validated.hash(), validated.fault());
      }
    } else if (event instanceof Event.BlockImported imported) {
      enter(imported);
    } else if (event instanceof Event.WorkPending) {
      height.workPending();
    } else if (event instanceof Event.SigningAllowed allowed) {
      signingFrom = allowed.fromHeight();
      if (signingFrom <= height.number()) {
        height.allowSigning(signer);
      }
    } else if (event instanceof Event.PeerUp up) {
      peers.up(up.validator());
    } else if (event instanceof Event.PeerDown down) {
      peers.down(down.validator());
    } else if (event instanceof Event.StatusReceived status) {
      answer(status);
    } else {
      throw new AssertionError("an event that nobody handles: " + event);
    }
  }

  /**
   * Whether somebody else signed with this node's key: it signs for the open height only, and all
   * that it signed is in its ledger.
   */
  private boolean isOfTwin(Message message) {
    return isSelf(message.author())
        && signingFrom <= height.number()
        && (message.height() > height.number()
            || message.height() == height.number() && !height.signed.contains(message));
  }

  private Height open(Parent parent, ValidatorSet validators) {
    Optional<MessageSigner> allowed = signer.filter(s -> signingFrom <= parent.number() + 1);
    return new Height(config, rules, parent, validators, allowed, peers, out);
  }

  private void receive(Message message) {
    if (message.height() > height.number()) {
      if (height.validators.contains(message.author())) {
        future.put(message, height.number());
      }
      return;
    }
    if (message.height() < height.number() || !height.validators.contains(message.author())) {
      return;
    }
    peers.seen(message.author(), message.height());
    height.progressed = true;
    if (message instanceof Proposal proposal) {
      height.proposals.receive(proposal);
    } else if (message instanceof Prepare prepare) {
      height.votes.receive(prepare);
    } else if (message instanceof Commit commit) {
      height.votes.receive(commit);
    } else if (message instanceof RoundChange change) {
      height.roundChanges.receive(change);
    } else {
      throw new AssertionError("a message that nobody handles: " + message);
    }
  }

  private void fire(TimerId timer) {
    if (timer.height() != height.number()) {
      return;
    }
    switch (timer.kind()) {
      case PERIOD -> height.periodOver();
      case EMPTY -> height.endEmptyWait();
      case ROUND -> height.roundTimedOut(timer.round());
      case REPEAT -> height.repeat();
      case RETRY -> {
        if (timer.round() == height.round) {
          height.proposals.judge();
        }
      }
    }
  }

  private void enter(Event.BlockImported imported) {
    if (imported.head().number() < height.number()) {
      return;
    }
    height.cancelTimers();
    long now = height.wallMillis;
    height = open(imported.head(), imported.validators());
    height.wallMillis = now;
    height.enter(List.of());
    for (Message message : future.take(height.number())) {
      receive(message);
    }
  }

  private void answer(Event.StatusReceived received) {
    if (received.status().height() == height.number()) {
      height.askIfBehind(received.status());
      for (Message message : StatusExchange.missing(height, received.peer(), received.status())) {
        out.add(new Effect.Send(received.peer(), message));
      }
    }
  }

  /** Handles the node's own messages until none is left. */
  private List<Effect> settle() {
    while (!out.loopback().isEmpty()) {
      receive(out.loopback().remove());
    }
    List<Effect> effects = out.take();
    stopped |= effects.stream().anyMatch(Effect.Stop.class::isInstance);
    return effects;
  }
}
