package dev.klay.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** A subscriber that asks for some, keeps what it gets, and can be waited for. */
public final class Collecting<T> implements Flow.Subscriber<T> {
  private static final long TIMEOUT_SECONDS = 60;

  private final long first;
  private final List<T> items = new ArrayList<>();
  private Flow.Subscription subscription;
  private Throwable failure;
  private boolean complete;

  /** Asks for so many at first. */
  public Collecting(long first) {
    this.first = first;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    synchronized (this) {
      subscription = given;
    }
    given.request(first);
  }

  public void request(long more) {
    subscription().request(more);
  }

  public void cancel() {
    subscription().cancel();
  }

  private synchronized Flow.Subscription subscription() {
    return subscription;
  }

  @Override
  public synchronized void onNext(T item) {
    items.add(item);
    notifyAll();
  }

  @Override
  public synchronized void onError(Throwable reason) {
    failure = reason;
    notifyAll();
  }

  @Override
  public synchronized void onComplete() {
    complete = true;
    notifyAll();
  }

  /** The items, once there are so many. */
  public synchronized List<T> await(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (items.size() < count && failure == null) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("only " + items.size() + " of " + count + " came: " + items);
      }
      wait(left);
    }
    if (failure != null) {
      throw new AssertionError("the stream failed", failure);
    }
    return new ArrayList<>(items);
  }

  /** What the stream failed with, once it did. */
  public synchronized Throwable awaitFailure() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (failure == null) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("the stream did not fail: " + items);
      }
      wait(left);
    }
    return failure;
  }

  public synchronized boolean isComplete() {
    return complete;
  }

  public synchronized List<T> items() {
    return new ArrayList<>(items);
  }
}
