package dev.klay.consensus.transport.tcp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Recovers the signers of transactions beside the event loops, in which votes would have to wait
 * for it. Links take turns, those of validators first; how much of one may wait is limited where it
 * is read. Its threads exist while there is something to do.
 */
final class TransactionSigners {
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /** What waits of one link. */
  static final class Lane {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final boolean ofValidator;
    private boolean queued;

    Lane(boolean ofValidator) {
      this.ofValidator = ofValidator;
    }
  }

  private final Deque<Lane> validators = new ArrayDeque<>();
  private final Deque<Lane> others = new ArrayDeque<>();
  private final List<Thread> started = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor threads;
  private int running;
  private boolean closed;

  TransactionSigners(String name) {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread created = new Thread(task, "klay-" + name + "-net-signers");
              created.setDaemon(true);
              started.removeIf(thread -> !thread.isAlive());
              started.add(created);
              return created;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does this in the link's turn, unless all is closed. */
  synchronized void add(Lane lane, Runnable task) {
    if (closed) {
      return;
    }
    lane.tasks.add(task);
    queue(lane);
    if (running < THREADS) {
      running++;
      threads.execute(this::work);
    }
  }

  private void queue(Lane lane) {
    if (!lane.queued) {
      lane.queued = true;
      (lane.ofValidator ? validators : others).add(lane);
    }
  }

  private void work() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    Lane lane = validators.isEmpty() ? others.poll() : validators.poll();
    if (lane == null || closed) {
      running--;
      return null;
    }
    lane.queued = false;
    Runnable task = lane.tasks.remove();
    if (!lane.tasks.isEmpty()) {
      queue(lane);
    }
    return task;
  }

  /** Ends the threads behind what they do now. */
  void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
    }
    threads.shutdown();
    for (Thread thread : started) {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    }
  }
}
