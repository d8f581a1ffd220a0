package dev.klay.client.junit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Finds what tests leave open: once no test class that is watched runs any more, there must be no
 * thread of a node, network or client that was not there before, and, if nothing else runs beside
 * the tests, no listening port and no open file.
 */
final class LeakWatch {
  /** Threads of ours start with this. */
  private static final String OURS = "klay-";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private int active;
  private Set<Long> threadsBefore = Set.of();
  private OpenResources before = OpenResources.NONE;

  /** The one of this run of tests. */
  static LeakWatch of(Store root) {
    return root.getOrComputeIfAbsent(LeakWatch.class, key -> new LeakWatch(), LeakWatch.class);
  }

  synchronized void enter() {
    active++;
    if (active == 1) {
      threadsBefore = new TreeSet<>();
      threads().forEach(thread -> threadsBefore.add(thread.getId()));
      before = OpenResources.now();
    }
  }

  /**
   * A class is through.
   *
   * @param alone whether tests run one after the other
   */
  synchronized void leave(Class<?> testClass, boolean alone) {
    active--;
    if (active > 0) {
      return;
    }
    List<String> leaks = leaks(alone);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!leaks.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS); // what was closed may take a moment to end
      leaks = leaks(alone);
    }
    if (!leaks.isEmpty()) {
      Assertions.fail(
          "still open after "
              + testClass.getName()
              + ": "
              + String.join(", ", leaks)
              + "; close every network, node, chain and client that a test starts");
    }
  }

  private List<String> leaks(boolean alone) {
    List<String> leaks = new ArrayList<>();
    for (Thread thread : threads()) {
      if (!threadsBefore.contains(thread.getId())) {
        leaks.add("thread " + thread.getName());
      }
    }
    if (alone) {
      leaks.addAll(OpenResources.now().notIn(before));
    }
    return leaks;
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(OURS))
        .toList();
  }
}
