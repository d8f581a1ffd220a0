package dev.klay.consensus.node;

import dev.klay.consensus.bft.TimerId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The machine's timers that run; one of a name takes the place of another. */
final class Timers {
  private final NodeRuntime runtime;
  private final Consumer<TimerId> onFired;
  private final Map<TimerId, NodeRuntime.Scheduled> running = new TreeMap<>(TimerId.ORDER);

  Timers(NodeRuntime runtime, Consumer<TimerId> onFired) {
    this.runtime = runtime;
    this.onFired = onFired;
  }

  void set(TimerId timer, long delayMillis) {
    cancel(timer);
    running.put(timer, runtime.schedule(delayMillis, () -> fire(timer)));
  }

  private void fire(TimerId timer) {
    running.remove(timer);
    onFired.accept(timer);
  }

  void cancel(TimerId timer) {
    NodeRuntime.Scheduled scheduled = running.remove(timer);
    if (scheduled != null) {
      scheduled.cancel();
    }
  }

  void cancelAll() {
    running.values().forEach(NodeRuntime.Scheduled::cancel);
    running.clear();
  }
}
