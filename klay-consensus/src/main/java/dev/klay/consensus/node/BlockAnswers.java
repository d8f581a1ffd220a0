package dev.klay.consensus.node;

import dev.klay.consensus.NodeRole;
import dev.klay.crypto.primitive.Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Answers whoever asks for blocks, but spends no more than a fifth of the node's time on it:
 * reading blocks is dear and asking is not. Who has to wait does so in turn, each peer with its
 * last question, validators and others by turns, so that nobody who asks a lot keeps others
 * waiting.
 */
final class BlockAnswers {
  /** Of the time that an answer took, so much passes before the next. */
  private static final int REST = 4;

  private final NodeRuntime runtime;
  private final Map<Address, Runnable> validators = new LinkedHashMap<>();
  private final Map<Address, Runnable> others = new LinkedHashMap<>();
  private long notBeforeNanos;
  private boolean validatorsNext;
  private boolean scheduled;

  BlockAnswers(NodeRuntime runtime) {
    this.runtime = runtime;
    this.notBeforeNanos = runtime.monoNanos();
  }

  /** Answers now or as soon as it is this peer's turn; a later question takes the place of it. */
  void ask(Address peer, NodeRole role, Runnable answer) {
    if (!scheduled && runtime.monoNanos() - notBeforeNanos >= 0) {
      run(answer);
      return;
    }
    (role == NodeRole.CONSENSUS ? validators : others).put(peer, answer);
    schedule();
  }

  /** A peer that is gone needs no answer. */
  void peerDown(Address peer) {
    validators.remove(peer);
    others.remove(peer);
  }

  private void run(Runnable answer) {
    long start = runtime.monoNanos();
    answer.run();
    long end = runtime.monoNanos();
    notBeforeNanos = end + REST * (end - start);
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      long nanos = Math.max(0, notBeforeNanos - runtime.monoNanos());
      NodeRuntime.Scheduled unused =
          runtime.schedule(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, this::answerNext);
    }
  }

  private void answerNext() {
    scheduled = false;
    validatorsNext = others.isEmpty() || validatorsNext && !validators.isEmpty();
    Map<Address, Runnable> turn = validatorsNext ? validators : others;
    validatorsNext = !validatorsNext;
    if (turn.isEmpty()) {
      return; // all who asked are gone
    }
    Map.Entry<Address, Runnable> first = turn.entrySet().iterator().next();
    turn.remove(first.getKey());
    run(first.getValue());
    if (waiting() > 0) {
      schedule();
    }
  }

  int waiting() {
    return validators.size() + others.size();
  }
}
