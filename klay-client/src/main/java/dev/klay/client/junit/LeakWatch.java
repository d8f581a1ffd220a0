package dev.klay.client.junit;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Finds what tests leave open: once no test class that is watched runs any more, there must be no
 * thread of a node, network or client that was not there before, and, if nothing else runs beside
 * the tests, no listening port and no open file. Whatever is ours and has a port or file has a
 * thread, too, so beside other tests nothing of ours goes unseen. What others open and close
 * meanwhile does not count: only what is there from the first look to the last.
 *
 * <p>Watched classes that begin while it looks wait until it has seen enough.
 */
final class LeakWatch {
  /** Configuration parameter: for how many milliseconds what was closed may take to end. */
  static final String PATIENCE_MILLIS = "klay.leakcheck.patience.millis";

  static final Duration PATIENCE_DEFAULT = Duration.ofSeconds(10);

  /** Threads of ours start with this. */
  private static final String OURS = "klay-";

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Duration patience;
  private final Set<String> watched = new TreeSet<>();
  private int active;
  private Set<Long> threadsBefore = Set.of();
  private OpenResources before = OpenResources.NONE;

  LeakWatch(Duration patience) {
    this.patience = patience;
  }

  /** The one of this run of tests. */
  static LeakWatch of(Store root, ExtensionContext context) {
    return root.getOrComputeIfAbsent(
        LeakWatch.class, key -> new LeakWatch(patience(context)), LeakWatch.class);
  }

  private static Duration patience(ExtensionContext context) {
    return context
        .getConfigurationParameter(PATIENCE_MILLIS, Long::valueOf)
        .map(Duration::ofMillis)
        .orElse(PATIENCE_DEFAULT);
  }

  synchronized void enter(Class<?> testClass) {
    active++;
    if (active == 1) {
      watched.clear();
      threadsBefore = new TreeSet<>();
      threads().forEach(thread -> threadsBefore.add(thread.getId()));
      before = OpenResources.now();
    }
    watched.add(testClass.getName());
  }

  /**
   * A class is through.
   *
   * @param alone whether tests run one after the other
   */
  synchronized void leave(boolean alone) {
    active--;
    if (active > 0) {
      return;
    }
    Set<String> leaks = leaks(alone);
    long deadline = System.nanoTime() + patience.toNanos();
    while (!leaks.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS); // what was closed may take a moment to end
      leaks.retainAll(leaks(alone));
    }
    if (!leaks.isEmpty()) {
      Assertions.fail(
          "still open after "
              + String.join(", ", watched)
              + ": "
              + String.join(", ", leaks)
              + "; close every network, node, chain and client that a test starts");
    }
  }

  private Set<String> leaks(boolean alone) {
    Set<String> leaks = new TreeSet<>();
    for (Thread thread : threads()) {
      if (!threadsBefore.contains(thread.getId())) {
        leaks.add("thread " + thread.getName() + " (" + thread.getId() + ")");
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
