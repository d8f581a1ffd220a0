package dev.klay.consensus;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Threads that go on after what owned them was closed. A pool counts as ended a moment before its
 * last thread does, which takes long on a busy machine: so each is waited for.
 */
public final class LeftThreads {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private LeftThreads() {}

  /** The names of those that begin so and do not end. */
  public static List<String> named(String prefix) throws InterruptedException {
    Predicate<Thread> wanted = thread -> thread.getName().startsWith(prefix);
    List<Thread> found = Thread.getAllStackTraces().keySet().stream().filter(wanted).toList();
    for (Thread thread : found) {
      thread.join(PATIENCE.toMillis());
    }
    return found.stream().filter(Thread::isAlive).map(Thread::getName).toList();
  }
}
