package dev.klay.consensus.node;

/**
 * The world of a node's logic: clocks, and a way to be called later. All calls back come one after
 * the other, by one thread or by one event loop.
 */
public interface NodeRuntime {
  /** Milliseconds of the wall clock, which may jump. */
  long wallMillis();

  /** Nanoseconds of a clock that only goes forward. */
  long monoNanos();

  /** Something that will happen. */
  interface Scheduled {
    void cancel();
  }

  Scheduled schedule(long delayMillis, Runnable task);

  /** Runs work that takes a while, such as executing a block, after the step that is running. */
  void compute(Runnable work);
}
