package dev.klay.consensus.rpc;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that answer requests, apart from those of consensus: one for each processor but one,
 * so that consensus has its own, at least two so that a long call does not hold up all others. What
 * they cannot take at once waits, so much and no more.
 */
final class RpcWorkers implements AutoCloseable {
  private static final int IDLE_SECONDS = 10;
  private static final int THREADS_MIN = 2;

  private final ThreadPoolExecutor threads;

  RpcWorkers(String nodeName, int queuedMax) {
    int count = Math.max(THREADS_MIN, Runtime.getRuntime().availableProcessors() - 1);
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queuedMax),
            task -> {
              Thread thread =
                  new Thread(task, "klay-" + nodeName + "-rpc-" + number.incrementAndGet());
              thread.setDaemon(true);
              thread.setPriority(Thread.NORM_PRIORITY - 1);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs a task; false if too many wait already. */
  boolean tryRun(Runnable task) {
    try {
      threads.execute(task);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
