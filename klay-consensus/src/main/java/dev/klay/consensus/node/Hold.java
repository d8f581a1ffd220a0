package dev.klay.consensus.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops several nodes of one JVM between two of their steps, so that their chains can be replaced
 * under them: none sees one state before the change and another after it.
 */
public final class Hold {
  private final CountDownLatch arrivals;
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean anew;

  /** For so many nodes. */
  public Hold(int nodes) {
    arrivals = new CountDownLatch(nodes);
  }

  /** Whether all nodes stand still within a time. */
  public boolean awaitAll(Duration atMost) {
    try {
      return arrivals.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Lets the nodes go on.
   *
   * @param startAnew whether their chains were replaced
   */
  public void release(boolean startAnew) {
    anew = startAnew;
    released.countDown();
  }

  /** In a node's thread: stands still until released; whether to start anew. */
  boolean pass() {
    arrivals.countDown();
    try {
      released.await();
      return anew;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
