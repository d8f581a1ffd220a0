package dev.klay.consensus.simulation;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Many seeds, each a run of its own, on all cores. */
final class Campaign {
  private static final int SHOWN_MAX = 5;
  private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(10);

  private final long base;
  private final long seedsMax;
  private final Duration limit;
  private final Coverage coverage = new Coverage();
  private final Map<PlannedFault.Kind, Long> faults = new EnumMap<>(PlannedFault.Kind.class);
  private final List<SimulationResult> failed = new ArrayList<>();
  private long seeds;
  private long blocks;
  private long events;
  private long cpuNanos;
  private long nanos;
  private long reports;

  Campaign(long base, long seeds) {
    this(base, seeds, Duration.ofDays(365));
  }

  private Campaign(long base, long seedsMax, Duration limit) {
    this.base = base;
    this.seedsMax = seedsMax;
    this.limit = limit;
  }

  /** As many seeds as the time allows. */
  static Campaign lasting(Duration limit, long base) {
    return new Campaign(base, Long.MAX_VALUE, limit);
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
    AtomicLong next = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int part = 0; part < threads; part++) {
        parts.add(pool.submit(() -> runSeeds(plans, next, start)));
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

  private void runSeeds(LongFunction<SimulationPlan> plans, AtomicLong next, long start) {
    for (long i = next.getAndIncrement(); i < seedsMax; i = next.getAndIncrement()) {
      long elapsed = System.nanoTime() - start;
      if (elapsed >= limit.toNanos()) {
        return;
      }
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      SimulationResult result = SimulationRun.run(plans.apply(base + i));
      add(result, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu, elapsed);
    }
  }

  private synchronized void add(SimulationResult result, long cpu, long elapsed) {
    coverage.add(result.coverage());
    result.plan().faults().forEach(fault -> faults.merge(fault.kind(), 1L, Long::sum));
    seeds++;
    blocks += result.blocks();
    events += result.events();
    cpuNanos += cpu;
    if (!result.isClean()) {
      failed.add(result);
    }
    if (elapsed / BETWEEN_REPORTS.toNanos() > reports) {
      reports++;
      System.out.println("so far " + summary(elapsed));
      failed.forEach(result1 -> System.out.println("failed: seed " + result1.plan().seed()));
    }
  }

  Coverage coverage() {
    return coverage;
  }

  long blocks() {
    return blocks;
  }

  /** How many faults of each kind the runs had. */
  Map<PlannedFault.Kind, Long> faults() {
    return faults;
  }

  /** Blocks a second of one core's time. */
  long blocksPerSecond() {
    return blocks * 1_000_000_000L / Math.max(1, cpuNanos);
  }

  private String summary(long elapsed) {
    return "simulation: %d seeds, %d blocks, %d violations, %.1f s"
        .formatted(seeds, blocks, failed.size(), elapsed / 1e9);
  }

  /** Prints the closing line, and the failures with how to see them again. */
  void report(String tests) {
    System.out.println(summary(nanos));
    failed.sort(Comparator.comparingLong(result -> result.plan().seed()));
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
