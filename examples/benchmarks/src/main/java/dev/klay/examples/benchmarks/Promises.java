package dev.klay.examples.benchmarks;

import dev.klay.client.KlayChain;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.primitive.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What PRODUCT.md promises of whole processes: the first receipt, an idle heap, nothing left. */
final class Promises {
  private static final int COLD_RUNS = 9;
  private static final int CYCLES = 1_000;

  private Promises() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0 && args[0].equals("receipt")) {
      receipt();
      return;
    }
    coldReceipt();
    idleHeap();
    cycles();
  }

  private static void receipt() {
    try (KlayChain chain = KlayChain.inMemory()) {
      System.out.println(
          chain.account(0).send(chain.newAccount().address(), Amount.klay("1.5")).fee());
    }
  }

  /** From the start of a process to its end, in which it opens a chain and gets one receipt. */
  private static void coldReceipt() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    double[] millis = new double[COLD_RUNS];
    for (int i = 0; i < COLD_RUNS; i++) {
      long start = System.nanoTime();
      int code =
          new ProcessBuilder(
                  java,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Benchmarks.class.getName(),
                  "promises",
                  "receipt")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      millis[i] = (System.nanoTime() - start) / 1e6;
      if (code != 0) {
        throw new IllegalStateException("a process ended with " + code);
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        "cold JVM to the first receipt and its end: median %.0f ms of %d, best %.0f%n",
        millis[COLD_RUNS / 2], COLD_RUNS, millis[0]);
  }

  private static void idleHeap() {
    try (KlayNetwork network =
        KlayNetwork.of(ChainSpec.aspen().withValidators(4)).rangers(0).start()) {
      network.awaitHeight(5);
      System.out.printf(
          "heap of a process with an idle network of 4 nodes, all else included: %.1f MiB%n",
          usedHeap() / 1048576.0);
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Opens, uses and closes networks with a port; then looks at what is there that was not. */
  private static void cycles() throws IOException, InterruptedException {
    cycle(); // what the JVM and libraries keep is there from the first on
    Set<String> files = temporaryFiles();
    long start = System.nanoTime();
    long heap = usedHeap();
    for (int i = 0; i < CYCLES; i++) {
      cycle();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Set<String> left = temporaryFiles();
    left.removeAll(files);
    System.out.printf(
        "%d cycles in %.0f s: %d threads, %d temporary files left, heap grew by %.1f MiB%n",
        CYCLES, seconds, threads(), left.size(), (usedHeap() - heap) / 1048576.0);
  }

  private static void cycle() {
    ChainSpec spec = ChainSpec.aspen().withValidators(1);
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(0).rpc(0).start()) {
      network.service().height().join();
    }
  }

  private static long threads() throws InterruptedException {
    long count = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("klay-")) {
        thread.join(TimeUnit.SECONDS.toMillis(5)); // one that is ending
        count += thread.isAlive() ? 1 : 0;
      }
    }
    return count;
  }

  private static Set<String> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.map(Path::toString).filter(f -> f.contains("klay")).collect(Collectors.toSet());
    }
  }
}
