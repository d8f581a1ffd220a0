package dev.klay.examples.benchmarks.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a node takes from the start of its process to its first answer, and how much memory it
 * has then and after transfers. For any node that knows the accounts of the public test mnemonic.
 *
 * <pre>{@code
 * java -jar benchmarks.jar http-startup http://127.0.0.1:8551 20000 java -jar aspen.jar \
 *     --validators 1 --rangers 0 --block-time 0 --dev --web off --ws off
 * java -jar benchmarks.jar http-startup http://127.0.0.1:8545 20000 anvil
 * }</pre>
 */
public final class HttpStartup {
  private static final int RUNS = 5;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = 1_000_000;

  private final URI url;
  private final List<String> command;

  private HttpStartup(URI url, List<String> command) {
    this.url = url;
    this.command = command;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    HttpStartup startup =
        new HttpStartup(URI.create(args[0]), List.of(args).subList(2, args.length));
    startup.firstAnswers();
    startup.memory(Integer.parseInt(args[1]));
  }

  private void firstAnswers() throws IOException, InterruptedException {
    double[] millis = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      Process process = start();
      try (HttpNode node = firstAnswer(process)) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      } finally {
        stop(process);
      }
    }
    System.out.printf("start to first answer, ms: %s%n", Arrays.toString(rounded(millis)));
    Arrays.sort(millis);
    System.out.printf("median %.0f ms%n", millis[RUNS / 2]);
  }

  private static long[] rounded(double[] millis) {
    return Arrays.stream(millis).mapToLong(Math::round).toArray();
  }

  private void memory(int transfers) throws IOException, InterruptedException {
    Process process = start();
    try (HttpNode node = firstAnswer(process)) {
      System.out.println("after the first answer: " + memoryOf(process));
      new HttpLoad(node).transfers(transfers);
      System.out.println("after " + transfers + " transfers: " + memoryOf(process));
      if (collectGarbage(process)) {
        System.out.println("after a collection: " + memoryOf(process));
      }
    } finally {
      stop(process);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private HttpNode firstAnswer(Process process) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        HttpNode node = new HttpNode(url);
        node.number("eth_blockNumber", "[]");
        return node;
      } catch (IOException notYet) {
        LockSupport.parkNanos(PAUSE_NANOS); // nobody listens yet
      }
    }
    throw new IllegalStateException("no answer at " + url + " from " + command);
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Memory that the process has, where the system tells it as Linux does. */
  private static String memoryOf(Process process) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.isReadable(status)) {
      return "unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024 + " MiB resident")
        .findFirst()
        .orElse("unknown");
  }

  /** Asks a Java process for a full collection, and shows its heap; others have none. */
  private static boolean collectGarbage(Process process) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    String pid = String.valueOf(process.pid());
    return Files.isExecutable(jcmd)
        && run(jcmd.toString(), pid, "GC.run")
        && run(jcmd.toString(), pid, "GC.heap_info");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
