package dev.klay.consensus.node;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that runs the steps of a node, each to its end. */
final class ThreadRuntime implements NodeRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadRuntime.class);

  private final String name;
  private final InstantSource clock;
  private final Consumer<Throwable> onFailure;
  private final Runnable afterStep;
  private final ScheduledThreadPoolExecutor thread;

  private volatile @Nullable Thread started;

  /** Work that follows the running step, before any other. Of the thread alone. */
  private final ArrayDeque<Runnable> work = new ArrayDeque<>();

  /**
   * A thread for a node.
   *
   * @param onFailure told, in the thread, of a step that did not come to its end
   * @param afterStep run behind each step and the work that follows it
   */
  ThreadRuntime(
      String name, InstantSource clock, Consumer<Throwable> onFailure, Runnable afterStep) {
    this.name = name;
    this.clock = clock;
    this.onFailure = onFailure;
    this.afterStep = afterStep;
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, "klay-" + name);
              created.setDaemon(true);
              started = created;
              return created;
            });
    thread.setRemoveOnCancelPolicy(true);
    thread.setRejectedExecutionHandler(new DiscardPolicy()); // after closing nothing is due
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs a step after those that wait. Any thread may call. */
  void run(Runnable step) {
    thread.execute(() -> guarded(step));
  }

  private void guarded(Runnable step) {
    try {
      step.run();
      while (!work.isEmpty()) {
        work.remove().run();
      }
    } catch (RuntimeException | Error e) {
      work.clear();
      onFailure.accept(e);
    }
    afterStep.run();
  }

  @Override
  public long wallMillis() {
    return clock.millis();
  }

  @Override
  public long monoNanos() {
    return System.nanoTime();
  }

  @Override
  public Scheduled schedule(long delayMillis, Runnable task) {
    Future<?> future = thread.schedule(() -> guarded(task), delayMillis, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void compute(Runnable later) {
    work.add(later);
  }

  /**
   * Ends the thread behind the step that is running, and waits for it. Nobody is interrupted: a
   * file that is being written would be closed under it.
   */
  void close() {
    thread.shutdown();
    boolean interrupted = false;
    try {
      while (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.info("{} waits for its running step to end", name);
      }
      Thread last = started;
      if (last != null) {
        last.join(TimeUnit.SECONDS.toMillis(1)); // it ends shortly after its work
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
