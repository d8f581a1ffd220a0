package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.KlayNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * S35: days of virtual time with a block a second, in which nodes are started again and cut off at
 * random. {@code -Dklay.seed=full} takes ten days and compares the heap at the end of each; a plain
 * build takes half an hour, in which there is no growth to be seen.
 */
@Tag("S35")
@Tag("simulation")
class SeedSoakTest {
  private static final int VALIDATORS = 4;
  private static final int KEPT_BLOCKS = 3_000;
  private static final Duration STEP = Duration.ofMinutes(20);
  private static final long MIB = 1 << 20;

  @Test
  void tenDaysOfRestartsAndPartitionsBreakNoPromiseAndFillNoHeap() {
    boolean full = "full".equals(System.getProperty("klay.seed"));
    int days = full ? 10 : 1;
    Duration day = full ? Duration.ofDays(1) : Duration.ofMinutes(20);
    SplittableRandom random = new SplittableRandom(2019);
    List<Long> heap = new ArrayList<>();
    long start = System.nanoTime();
    long faults = 0;
    SimulatedNetwork.Builder network =
        KlayNetwork.simulated(VALIDATORS).rangers(1).seed(2019).keptBlocks(KEPT_BLOCKS);
    try (SimulatedNetwork sim = network.withoutCodec().tracesText(false).build()) {
      for (int d = 1; d <= days; d++) {
        while (sim.now().compareTo(day.multipliedBy(d)) < 0) {
          long before = sim.commonHeight();
          faults += disturb(sim, random);
          sim.runFor(STEP);
          sim.checkSafety();
          assertThat(sim.commonHeight()).as("blocks at %s", sim.now()).isGreaterThan(before);
        }
        heap.add(usedMib());
      }
      // all healed: one chain, a block a second
      sim.runFor(Duration.ofMinutes(10));
      long height = sim.commonHeight();
      sim.runFor(Duration.ofMinutes(1));
      assertThat(sim.commonHeight()).isGreaterThanOrEqualTo(height + 58);
      sim.checkSafety();
      System.out.printf(
          "S35: %s of virtual time, %d blocks, %d restarts and partitions, heap %s MiB, %.0f s%n",
          sim.now(), sim.commonHeight(), faults, heap, (System.nanoTime() - start) / 1e9);
      assertThat(sim.violations()).isEmpty();
      assertThat(heap.get(days - 1)).isLessThanOrEqualTo(heap.get(0) * 11 / 10 + 2);
    }
  }

  /** One to three faults, all over within ten minutes. */
  private static int disturb(SimulatedNetwork sim, SplittableRandom random) {
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      Duration length = Duration.ofSeconds(random.nextInt(1, 600));
      if (random.nextBoolean()) {
        int node = random.nextInt(VALIDATORS + 1);
        if (sim.node(node).isUp()) {
          sim.node(node).inject(Fault.crash(length));
        }
      } else {
        Set<Integer> one = new HashSet<>();
        Set<Integer> other = new HashSet<>();
        for (int node = 0; node <= VALIDATORS; node++) {
          (random.nextBoolean() ? one : other).add(node);
        }
        sim.partition(one, other).during(length);
      }
    }
    return count;
  }

  private static long usedMib() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MIB;
  }
}
