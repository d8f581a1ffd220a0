package dev.klay.consensus.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Many seeds, each a run of its own, on all cores. */
final class Campaign {
  private static final int SHOWN_MAX = 5;

  private final long base;
  private final long seeds;
  private final Coverage coverage = new Coverage();
  private final List<SimulationResult> failed = new ArrayList<>();
  private long blocks;
  private long events;
  private long nanos;

  Campaign(long base, long seeds) {
    this.base = base;
    this.seeds = seeds;
  }

  /** The number of seeds: of the system property, else the default. */
  static long seeds(long byDefault) {
    return Long.getLong("klay.seeds", byDefault);
  }

  static long seedBase() {
    return Long.getLong("klay.seedBase", 1);
  }

  void run(LongFunction<SimulationPlan> plans) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int part = 0; part < threads; part++) {
        int first = part;
        parts.add(
            pool.submit(
                () -> {
                  for (long i = first; i < seeds; i += threads) {
                    add(SimulationRun.run(plans.apply(base + i)));
                  }
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } finally {
      pool.shutdownNow();
      pool.awaitTermination(10, TimeUnit.SECONDS);
    }
    nanos = System.nanoTime() - start;
  }

  private synchronized void add(SimulationResult result) {
    coverage.add(result.coverage());
    blocks += result.blocks();
    events += result.events();
    if (!result.isClean()) {
      failed.add(result);
    }
  }

  Coverage coverage() {
    return coverage;
  }

  long blocks() {
    return blocks;
  }

  /** Prints the closing line, and the failures with how to see them again. */
  void report(String tests) {
    System.out.printf(
        "simulation: %d seeds, %d blocks, %d violations, %.1f s%n",
        seeds, blocks, failed.size(), nanos / 1e9);
    failed.sort((a, b) -> Long.compare(a.plan().seed(), b.plan().seed()));
    failed.stream()
        .limit(SHOWN_MAX)
        .forEach(result -> System.out.println(SimulationRun.traced(result.plan()).report(tests)));
    if (!failed.isEmpty()) {
      List<Long> all = failed.stream().map(result -> result.plan().seed()).toList();
      throw new AssertionError(failed.size() + " seeds fail: " + all);
    }
  }

  long events() {
    return events;
  }
}
