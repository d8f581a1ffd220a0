package dev.klay.consensus;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Demands a block every so often. Its one thread exists while it does. */
final class IntervalMining implements AutoCloseable {
  private static final int CLOSE_SECONDS = 5;

  private final Runnable demand;
  private @Nullable ScheduledThreadPoolExecutor thread;
  private Duration interval = Duration.ZERO;

  IntervalMining(Runnable demand) {
    this.demand = demand;
  }

  /** How often; zero while it does not. */
  synchronized Duration interval() {
    return interval;
  }

  /** Demands a block that often from now on, or none any more if it is zero. */
  synchronized void every(Duration newInterval) {
    stop();
    interval = newInterval;
    if (newInterval.isZero()) {
      return;
    }
    ScheduledThreadPoolExecutor started =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, "klay-mining");
              created.setDaemon(true);
              return created;
            });
    started.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    long nanos = newInterval.toNanos();
    ScheduledFuture<?> unused =
        started.scheduleAtFixedRate(demand, nanos, nanos, TimeUnit.NANOSECONDS);
    thread = started;
  }

  private void stop() {
    ScheduledThreadPoolExecutor running = thread;
    thread = null;
    if (running == null) {
      return;
    }
    running.shutdownNow();
    try {
      running.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    stop();
  }
}
