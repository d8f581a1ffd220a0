package dev.klay.consensus.bft;

import dev.klay.consensus.validator.ValidatorSet;
import java.util.List;
import java.util.Optional;

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
  private final Outbox out = new Outbox();
  private final Peers peers = new Peers();
  private final FutureMessages future = new FutureMessages();
  private Height height;
  private boolean stopped;

  /**
   * A machine behind a block, which decides nothing before {@link #start}.
   *
   * @param signer empty for a node that only follows
   */
  public BftMachine(
      BftConfig config, Optional<MessageSigner> signer, Parent parent, ValidatorSet validators) {
    this.config = config;
    this.signer = signer;
    this.height = new Height(config, parent, validators, signer, peers, out);
  }

  /**
   * Opens the height behind the parent.
   *
   * @param ledger what was kept of this height before a restart, in the order it was written
   */
  public List<Effect> start(List<LedgerRecord> ledger, long wallMillis) {
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

  /** The round of that height. */
  public int round() {
    return height.round;
  }

  private void dispatch(Event event) {
    if (event instanceof Event.MessageReceived received) {
      receive(received.message());
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
    } else if (event instanceof Event.PeerUp up) {
      peers.up(up.validator());
      out.add(new Effect.BroadcastStatus(StatusExchange.statusOf(height)));
    } else if (event instanceof Event.PeerDown down) {
      peers.down(down.validator());
    } else if (event instanceof Event.StatusReceived status) {
      answer(status);
    } else {
      throw new AssertionError("an event that nobody handles: " + event);
    }
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
    height = new Height(config, imported.head(), imported.validators(), signer, peers, out);
    height.wallMillis = now;
    height.enter(List.of());
    for (Message message : future.take(height.number())) {
      receive(message);
    }
  }

  private void answer(Event.StatusReceived received) {
    if (received.status().height() == height.number()) {
      for (Message message : StatusExchange.missing(height, received.status())) {
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
