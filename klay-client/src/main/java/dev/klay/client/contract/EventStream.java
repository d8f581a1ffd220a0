package dev.klay.client.contract;

import dev.klay.client.KlayClient;
import dev.klay.core.service.BlockView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Events as they come. Blocks are asked for one at a time, when all events of the last were taken,
 * so a slow subscriber costs the memory of one block's events.
 */
final class EventStream implements Flow.Publisher<ContractEvent> {
  private final KlayClient client;
  private final EventSearch events;
  private final EventCursor after;

  EventStream(KlayClient client, EventSearch events, EventCursor after) {
    this.client = client;
    this.events = events;
    this.after = after;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ContractEvent> subscriber) {
    client.blocks(after.block()).subscribe(new Delivery(subscriber));
  }

  private final class Delivery implements Flow.Subscription, Flow.Subscriber<BlockView> {
    private final Flow.Subscriber<? super ContractEvent> subscriber;
    private final Deque<ContractEvent> ready = new ArrayDeque<>();
    private Flow.@Nullable Subscription blocks;
    private long demand;
    private boolean blockAsked;
    private boolean delivering;
    private boolean done;

    Delivery(Flow.Subscriber<? super ContractEvent> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      synchronized (this) {
        blocks = subscription;
      }
      subscriber.onSubscribe(this);
    }

    @Override
    public void request(long count) {
      if (count < 1) {
        fail(new IllegalArgumentException("request at least one event, not " + count));
        return;
      }
      synchronized (this) {
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
      }
      deliver();
    }

    @Override
    public void onNext(BlockView block) {
      var unused =
          events
              .in(block)
              .whenComplete(
                  (found, failure) -> {
                    if (failure == null) {
                      take(found);
                    } else {
                      fail(failure);
                    }
                  });
    }

    private void take(List<ContractEvent> found) {
      synchronized (this) {
        ready.addAll(found);
        blockAsked = false;
      }
      deliver();
    }

    /** One thread at a time hands events over; whoever finds another at it leaves it to that. */
    private void deliver() {
      synchronized (this) {
        if (delivering) {
          return;
        }
        delivering = true;
      }
      for (ContractEvent next = next(); next != null; next = next()) {
        try {
          subscriber.onNext(next);
        } catch (RuntimeException e) {
          fail(e);
        }
      }
    }

    /** Null ends the delivery until there are more; then the next block is asked for. */
    private @Nullable ContractEvent next() {
      Flow.Subscription upstream;
      synchronized (this) {
        ContractEvent event = done || demand == 0 ? null : ready.poll();
        if (event != null) {
          demand--;
          return event;
        }
        delivering = false;
        if (done || demand == 0 || blockAsked || blocks == null) {
          return null;
        }
        blockAsked = true;
        upstream = blocks;
      }
      upstream.request(1);
      return null;
    }

    @Override
    public void cancel() {
      Flow.Subscription upstream;
      synchronized (this) {
        done = true;
        ready.clear();
        upstream = blocks;
      }
      if (upstream != null) {
        upstream.cancel();
      }
    }

    private void fail(Throwable reason) {
      boolean first;
      synchronized (this) {
        first = !done;
      }
      cancel();
      if (first) {
        subscriber.onError(reason);
      }
    }

    @Override
    public void onError(Throwable failure) {
      fail(failure);
    }

    @Override
    public void onComplete() {
      synchronized (this) {
        if (done) {
          return;
        }
        done = true;
      }
      subscriber.onComplete();
    }
  }
}
