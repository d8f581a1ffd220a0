package dev.klay.core.service;

import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;

/**
 * Delivers blocks by number. Nothing is buffered: a slow subscriber reads later from the store, so
 * it costs nobody memory.
 */
final class BlockPublisher {
  private final LongFunction<Optional<BlockView>> source;
  private final Executor executor;
  private final CopyOnWriteArrayList<Delivery> deliveries = new CopyOnWriteArrayList<>();

  BlockPublisher(LongFunction<Optional<BlockView>> source, Executor executor) {
    this.source = source;
    this.executor = executor;
  }

  Flow.Publisher<BlockView> from(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("a block number is not negative: " + number);
    }
    return subscriber -> {
      Delivery delivery = new Delivery(subscriber, number);
      deliveries.add(delivery);
      subscriber.onSubscribe(delivery);
    };
  }

  /** There is one more block. */
  void wake() {
    deliveries.forEach(Delivery::schedule);
  }

  /** The chain ends here now; whoever saw more is given what comes instead. */
  void rewind(long last) {
    deliveries.forEach(delivery -> delivery.rewind(last + 1));
    wake();
  }

  void close() {
    deliveries.forEach(Delivery::complete);
  }

  private final class Delivery implements Flow.Subscription {
    private final Flow.Subscriber<? super BlockView> subscriber;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private long next;
    private long demand;
    private boolean done;

    Delivery(Flow.Subscriber<? super BlockView> subscriber, long next) {
      this.subscriber = subscriber;
      this.next = next;
    }

    @Override
    public void request(long count) {
      if (count < 1) {
        fail(new IllegalArgumentException("request at least one block, not " + count));
        return;
      }
      synchronized (this) {
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
      }
      schedule();
    }

    void schedule() {
      if (scheduled.compareAndSet(false, true)) {
        executor.execute(this::deliver);
      }
    }

    private void deliver() {
      scheduled.set(false);
      for (Optional<BlockView> block = take(); block.isPresent(); block = take()) {
        try {
          subscriber.onNext(block.orElseThrow());
        } catch (RuntimeException e) {
          fail(e);
        }
      }
    }

    private synchronized Optional<BlockView> take() {
      if (done || demand == 0) {
        return Optional.empty();
      }
      Optional<BlockView> block = source.apply(next);
      if (block.isPresent()) {
        next++;
        demand--;
      }
      return block;
    }

    synchronized void rewind(long newNext) {
      next = Math.min(next, newNext);
    }

    private synchronized boolean end() {
      boolean first = !done;
      done = true;
      deliveries.remove(this);
      return first;
    }

    @Override
    public void cancel() {
      end();
    }

    private void fail(RuntimeException reason) {
      if (end()) {
        subscriber.onError(reason);
      }
    }

    void complete() {
      if (end()) {
        subscriber.onComplete();
      }
    }
  }
}
