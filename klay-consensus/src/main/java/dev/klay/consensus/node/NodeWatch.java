package dev.klay.consensus.node;

import dev.klay.consensus.Stall;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.metrics.Metrics.Event;
import dev.klay.consensus.metrics.Metrics.Gauge;
import dev.klay.crypto.primitive.Address;
import java.util.Optional;
import java.util.function.Consumer;

/** Logs and counts what a node does, and remembers why it stopped. */
final class NodeWatch implements NodeListener {
  /** Label of votes of who is no validator, beside those of {@code DropCause}. */
  private static final String NO_VALIDATOR = "NO_VALIDATOR";

  private final NodeListener log;
  private final Metrics metrics;
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Consumer<String> onFork = why -> {};

  NodeWatch(String name, Metrics metrics) {
    this.log = new LoggingListener(name);
    this.metrics = metrics;
  }

  /** Why the node signs nothing any more; empty while nothing stopped it. */
  Optional<String> trouble() {
    return trouble;
  }

  @Override
  public void imported(FinalBlock block) {
    log.imported(block);
    metrics.set(Gauge.HEIGHT, block.number());
    metrics.count(Event.BLOCK, "");
    if (block.certificate().round() > 0) {
      metrics.count(Event.LATE_BLOCK, "");
    }
  }

  @Override
  public void caught(Evidence evidence) {
    log.caught(evidence);
    metrics.count(Event.EVIDENCE, evidence.kind().name());
  }

  @Override
  public void forked(FinalBlock ours, FinalBlock theirs) {
    log.forked(ours, theirs);
    onFork.accept(
        "this node saw two final blocks of height "
            + ours.number()
            + ", "
            + ours.hash()
            + " and "
            + theirs.hash()
            + ", and serves nothing until an operator acts");
  }

  /** Is told when the chain split, in words for whoever asks the node for something. */
  void onFork(Consumer<String> listener) {
    onFork = listener;
  }

  @Override
  public void stopped(Effect.StopReason reason, String detail) {
    log.stopped(reason, detail);
    trouble = Optional.of(reason + ": " + detail);
    metrics.count(Event.STOP, reason.name());
  }

  @Override
  public void alarm(Alarm alarm, String detail) {
    log.alarm(alarm, detail);
    metrics.count(Event.ALARM, alarm.name());
  }

  @Override
  public void stalled(Stall stall) {
    log.stalled(stall);
    metrics.count(Event.STALL, "");
  }

  @Override
  public void strangerVoted(Message message) {
    log.strangerVoted(message);
    metrics.count(Event.DROP, NO_VALIDATOR);
  }

  @Override
  public void banned(Address peer, String why) {
    log.banned(peer, why);
    metrics.count(Event.BAN, "");
  }
}
