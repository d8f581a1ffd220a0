package dev.klay.client.rpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows the number of the last block, as long as somebody wants to: asks the node now and then, and
 * whenever it is woken.
 */
final class HeadWatch implements AutoCloseable {
  private final Supplier<CompletableFuture<Long>> height;
  private final ScheduledExecutorService scheduler;
  private final long pauseMillis;
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
  private @Nullable ScheduledFuture<?> polling;
  private boolean asking;
  private boolean again;

  HeadWatch(
      Supplier<CompletableFuture<Long>> height,
      ScheduledExecutorService scheduler,
      long pauseMillis) {
    this.height = height;
    this.scheduler = scheduler;
    this.pauseMillis = pauseMillis;
  }

  /** Tells the listener the height, now and whenever it may have grown. */
  void add(LongConsumer listener) {
    synchronized (this) {
      listeners.add(listener);
      if (polling == null && !scheduler.isShutdown()) {
        polling =
            scheduler.scheduleWithFixedDelay(
                this::wake, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
      }
    }
    wake();
  }

  synchronized void remove(LongConsumer listener) {
    listeners.remove(listener);
    if (listeners.isEmpty() && polling != null) {
      polling.cancel(false);
      polling = null;
    }
  }

  /** Asks the node for its height, once at a time. */
  void wake() {
    synchronized (this) {
      if (listeners.isEmpty()) {
        return;
      }
      if (asking) {
        again = true;
        return;
      }
      asking = true;
    }
    var unused = height.get().whenComplete((number, failure) -> answered(number));
  }

  /** Without an answer the next poll asks again. */
  private void answered(@Nullable Long number) {
    boolean more;
    synchronized (this) {
      asking = false;
      more = again && number != null;
      again = false;
    }
    if (number != null) {
      listeners.forEach(listener -> listener.accept(number));
    }
    if (more) {
      wake();
    }
  }

  @Override
  public synchronized void close() {
    listeners.clear();
    if (polling != null) {
      polling.cancel(false);
      polling = null;
    }
  }
}
