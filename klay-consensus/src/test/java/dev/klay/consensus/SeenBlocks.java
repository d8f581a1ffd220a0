package dev.klay.consensus;

import dev.klay.core.service.BlockView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** Remembers the numbers of the blocks it was given. */
final class SeenBlocks implements Flow.Subscriber<BlockView> {
  private static final long SECONDS_MAX = 30;

  private final List<Long> numbers = new ArrayList<>();

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public synchronized void onNext(BlockView block) {
    numbers.add(block.height());
    notifyAll();
  }

  @Override
  public void onError(Throwable failure) {
    throw new AssertionError(failure);
  }

  @Override
  public void onComplete() {}

  /** The numbers, once there are so many. */
  synchronized List<Long> await(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    try {
      while (numbers.size() < count && System.nanoTime() < deadline) {
        wait(TimeUnit.SECONDS.toMillis(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(numbers);
  }
}
