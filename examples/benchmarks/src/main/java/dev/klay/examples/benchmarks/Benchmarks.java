package dev.klay.examples.benchmarks;

import java.util.Arrays;

/**
 * The entry: {@code java -jar benchmarks.jar load} measures whole networks, {@code startup} their
 * start and idle heap, {@code evm} the machine on whole contracts, {@code jmh} runs JMH.
 */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    String what = args.length == 0 ? "" : args[0];
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (what) {
      case "load" -> NetworkLoad.main(rest);
      case "startup" -> Startup.main(rest);
      case "evm" -> EvmPrograms.main(rest);
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default -> System.err.println("usage: benchmarks.jar load | startup | evm | jmh [options]");
    }
  }
}
