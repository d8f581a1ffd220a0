package dev.klay.consensus;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A node's thread that calls users back; it exists only while there is somebody to call. */
final class Callbacks implements Executor, AutoCloseable {
  private static final int IDLE_SECONDS = 5;

  private final String threadName;
  private final ThreadPoolExecutor executor;

  Callbacks(String node) {
    threadName = "klay-" + node + "-callbacks";
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    executor.setRejectedExecutionHandler(
        new ThreadPoolExecutor.DiscardPolicy()); // who waited was told
  }

  @Override
  public void execute(Runnable call) {
    executor.execute(call);
  }

  /** Calls nobody any more, and waits for the call that is running. */
  @Override
  public void close() {
    executor.shutdownNow();
    if (Thread.currentThread().getName().equals(threadName)) {
      return; // closed by a callback: its thread ends with it
    }
    try {
      executor.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
