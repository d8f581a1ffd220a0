package dev.klay.consensus;

import dev.klay.core.service.BlockView;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Hands on every block that comes. */
record EachBlock(Consumer<BlockView> action) implements Flow.Subscriber<BlockView> {
  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(BlockView block) {
    action.accept(block);
  }

  @Override
  public void onError(Throwable failure) {
    throw new AssertionError(failure);
  }

  @Override
  public void onComplete() {}
}
