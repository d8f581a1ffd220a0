package dev.klay.examples.benchmarks;

import dev.klay.examples.benchmarks.storage.StateGrowth;
import dev.klay.examples.benchmarks.storage.StorageCandidates;
import java.util.Arrays;

/**
 * The entry: {@code java -jar benchmarks.jar load} measures whole networks, {@code startup} their
 * start and idle heap, {@code storage} engines for the durable store, {@code state} that store
 * itself, anything else is for JMH, such as {@code jmh Recover}.
 */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    String what = args.length == 0 ? "" : args[0];
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (what) {
      case "load" -> NetworkLoad.main(rest);
      case "startup" -> Startup.main(rest);
      case "storage" -> StorageCandidates.main(rest);
      case "state" -> StateGrowth.main(rest);
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default ->
          System.err.println(
              "usage: benchmarks.jar load | startup | storage | state | jmh [options]");
    }
  }
}
