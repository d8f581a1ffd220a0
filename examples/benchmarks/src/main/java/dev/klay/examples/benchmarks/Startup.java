package dev.klay.examples.benchmarks;

import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import java.time.Duration;
import java.util.Arrays;

/** Warm start of networks, from the call to the first answer, and the heap of an idle one. */
final class Startup {
  private static final int RUNS = 21;

  private Startup() {}

  public static void main(String[] args) {
    for (int validators : new int[] {1, 4, 13}) {
      System.out.printf(
          "start of %d nodes, all answering: median %.1f ms of %d%n",
          validators, median(validators), RUNS);
    }
    idleHeap();
    finality();
  }

  private static double median(int validators) {
    double[] millis = new double[RUNS];
    for (int i = -10; i < RUNS; i++) {
      long start = System.nanoTime();
      try (KlayNetwork network =
          KlayNetwork.of(ChainSpec.aspen().withValidators(validators)).rangers(0).start()) {
        network.nodes().forEach(node -> node.service().height().join());
        if (i >= 0) {
          millis[i] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    Arrays.sort(millis);
    return millis[RUNS / 2];
  }

  private static void idleHeap() {
    long before = usedHeap();
    try (KlayNetwork network = KlayNetwork.of(ChainSpec.aspen()).rangers(0).start()) {
      network.awaitHeight(5);
      System.out.printf(
          "heap of an idle network of 13 nodes after 5 blocks: %.1f MiB%n",
          (usedHeap() - before) / 1048576.0);
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** From one empty block to the next where nothing is waited for: what finality itself costs. */
  private static void finality() {
    ChainSpec spec = ChainSpec.aspen().withValidators(4).withBlockPeriod(Duration.ofMillis(10));
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(0).start()) {
      network.awaitHeight(200);
      long start = System.nanoTime();
      network.awaitHeight(700);
      System.out.printf(
          "4 nodes at a period of 10 ms: %.2f ms a block%n", (System.nanoTime() - start) / 5e8);
    }
  }
}
