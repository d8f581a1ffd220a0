package dev.klay.client.rpc;

import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a remote chain's blocks by number, one at a time. Nothing is buffered, and a node that
 * is away for a while delays the stream and does not end it.
 */
final class RemoteBlocks implements AutoCloseable {
  private final LongFunction<CompletableFuture<Optional<BlockView>>> source;
  private final HeadWatch heads;
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

  RemoteBlocks(LongFunction<CompletableFuture<Optional<BlockView>>> source, HeadWatch heads) {
    this.source = source;
    this.heads = heads;
  }

  Flow.Publisher<BlockView> from(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("a block number is not negative: " + number);
    }
    return subscriber -> {
      Delivery delivery = new Delivery(subscriber, number);
      deliveries.add(delivery);
      subscriber.onSubscribe(delivery);
      heads.add(delivery);
    };
  }

  @Override
  public void close() {
    deliveries.forEach(Delivery::complete);
  }

  private final class Delivery implements Flow.Subscription, LongConsumer {
    private final Flow.Subscriber<? super BlockView> subscriber;
    private long next;
    private long demand;
    private long head = -1;
    private boolean fetching;
    private boolean done;

    Delivery(Flow.Subscriber<? super BlockView> subscriber, long next) {
      this.subscriber = subscriber;
      this.next = next;
    }

    @Override
    public void accept(long number) {
      synchronized (this) {
        head = Math.max(head, number);
      }
      fetch();
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
      fetch();
    }

    private void fetch() {
      long wanted;
      synchronized (this) {
        if (done || fetching || demand == 0 || next > head) {
          return;
        }
        fetching = true;
        wanted = next;
      }
      var unused = source.apply(wanted).whenComplete((block, failure) -> fetched(block, failure));
    }

    private void fetched(@Nullable Optional<BlockView> block, @Nullable Throwable failure) {
      if (failure != null && !isPassing(failure)) {
        fail(failure);
        return;
      }
      boolean delivered = block != null && block.isPresent() && deliver(block.orElseThrow());
      synchronized (this) {
        fetching = false;
      }
      if (delivered) {
        fetch(); // else the next word of the head tries again
      }
    }

    private boolean deliver(BlockView block) {
      synchronized (this) {
        if (done) {
          return false;
        }
        next++;
        demand--;
      }
      try {
        subscriber.onNext(block);
        return true;
      } catch (RuntimeException e) {
        fail(e);
        return false;
      }
    }

    private boolean end() {
      synchronized (this) {
        if (done) {
          return false;
        }
        done = true;
      }
      deliveries.remove(this);
      heads.remove(this);
      return true;
    }

    @Override
    public void cancel() {
      end();
    }

    private void fail(Throwable reason) {
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

  static boolean isPassing(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ChainUnavailableException;
  }
}
