package dev.klay.examples.benchmarks.http;

import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far apart blocks are while nobody asks, and while another process asks for ten times what can
 * be answered: a network of four validators and a ranger, whose ranger serves JSON-RPC.
 *
 * <pre>{@code
 * java -jar benchmarks.jar overload [seconds (60)] [period in ms (200)] [connections (20)]
 * }</pre>
 *
 * <p>Half of the connections call code that burns all the gas of a call, of which the ranger runs
 * two at a time; the other half read a balance. The quiet time is measured before and after, as
 * other programs of the machine disturb all three.
 */
public final class RpcOverload {
  private static final int VALIDATORS = 4;
  private static final int WARM_BLOCKS = 25;

  private RpcOverload() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    int period = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    int connections = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    ChainSpec spec =
        ChainSpec.aspen().withValidators(VALIDATORS).withBlockPeriod(Duration.ofMillis(period));
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(1).rpc(0).start()) {
      network.awaitHeight(WARM_BLOCKS);
      double before = measure("quiet", network, seconds);
      Process flood = flood(network.rpcAddresses().get(0).getPort(), connections);
      double during;
      try (BufferedReader told =
          new BufferedReader(
              new InputStreamReader(flood.getInputStream(), StandardCharsets.UTF_8))) {
        System.out.println(told.readLine()); // once all its connections are answered
        during = measure("flooded", network, seconds);
        flood.getOutputStream().close(); // ends it
        System.out.println(told.readLine());
      } finally {
        flood.destroy();
      }
      double after = measure("quiet again", network, seconds);
      System.out.printf(
          "medians: %+.1f %% against before, %+.1f %% against after%n",
          100 * (during / before - 1), 100 * (during / after - 1));
    }
  }

  private static Process flood(int port, int connections) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(RpcFlood.class.getName(), "http://127.0.0.1:" + port, "" + connections));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The median interval in milliseconds. */
  private static double measure(String name, KlayNetwork network, int seconds) {
    long height = network.service().height().join() + 1;
    network.awaitHeight(height);
    long start = System.nanoTime();
    long last = start;
    List<Double> intervals = new ArrayList<>();
    while (last - start < seconds * 1_000_000_000L) {
      height++;
      network.awaitHeight(height);
      long now = System.nanoTime();
      intervals.add((now - last) / 1e6);
      last = now;
    }
    double[] sorted = intervals.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = sorted[sorted.length / 2];
    System.out.printf(
        "%-12s %4d blocks: a block every %.1f ms (mean), p50 %.1f ms, p99 %.1f ms, longest %.1f"
            + " ms%n",
        name,
        sorted.length,
        Arrays.stream(sorted).average().orElse(0),
        median,
        sorted[sorted.length * 99 / 100],
        sorted[sorted.length - 1]);
    return median;
  }
}
