package dev.klay.crypto.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the cases of one conformance category and prints its closing line. {@link #close()} fails
 * the test if a case failed; it names the first ones. For any number of threads.
 */
public final class Tally implements AutoCloseable {
  /** Failures that are named; the system property is for who looks for all of them. */
  private static final int SHOWN_MAX = Integer.getInteger("klay.failuresShown", 20);

  /** One case; whatever it throws is its failure. */
  public interface Case {
    void run() throws Exception;
  }

  private final String category;
  private final List<String> failures = new ArrayList<>();
  private int passed;
  private int skipped;

  public Tally(String category) {
    this.category = category;
  }

  public void run(String name, Case body) {
    try {
      body.run();
    } catch (Exception | AssertionError | StackOverflowError failure) {
      synchronized (this) {
        failures.add(name + ": " + failure);
      }
      return;
    }
    synchronized (this) {
      passed++;
    }
  }

  /** A case that does not apply; the reason goes to the test's own list. */
  public synchronized void skip() {
    skipped++;
  }

  public synchronized int passed() {
    return passed;
  }

  @Override
  public synchronized void close() {
    System.out.printf(
        "conformance %s: %d passed, %d failed, %d skipped%n",
        category, passed, failures.size(), skipped);
    if (!failures.isEmpty()) {
      throw new AssertionError(
          String.join(
              System.lineSeparator(), failures.subList(0, Math.min(SHOWN_MAX, failures.size()))));
    }
  }
}
