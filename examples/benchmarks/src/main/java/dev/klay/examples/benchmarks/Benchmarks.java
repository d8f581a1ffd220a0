package dev.klay.examples.benchmarks;

import dev.klay.examples.benchmarks.http.HttpLoad;
import dev.klay.examples.benchmarks.http.HttpStartup;
import dev.klay.examples.benchmarks.http.RpcOverload;
import dev.klay.examples.benchmarks.storage.StateGrowth;
import dev.klay.examples.benchmarks.storage.StorageCandidates;
import java.util.Arrays;

/**
 * The entry: {@code java -jar benchmarks.jar load} measures whole networks, {@code startup} their
 * start and idle heap, {@code promises} what PRODUCT.md promises of whole processes, {@code http}
 * any node over JSON-RPC, {@code http-startup} its cold start and memory, {@code overload} blocks
 * while JSON-RPC is flooded, {@code evm} the machine on whole contracts, {@code storage} engines
 * for the durable store, {@code state} that store itself, {@code import} the import of recorded
 * chains, {@code consensus} what faults cost and how fast nodes agree, {@code mixed} blocks of all
 * types, {@code dev} development chains, {@code flat} the heap during a long import, {@code jmh}
 * runs JMH, such as {@code jmh Recover}.
 */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    String what = args.length == 0 ? "" : args[0];
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (what) {
      case "load" -> NetworkLoad.main(rest);
      case "startup" -> Startup.main(rest);
      case "promises" -> Promises.main(rest);
      case "evm" -> EvmPrograms.main(rest);
      case "http" -> HttpLoad.main(rest);
      case "http-startup" -> HttpStartup.main(rest);
      case "overload" -> RpcOverload.main(rest);
      case "storage" -> StorageCandidates.main(rest);
      case "state" -> StateGrowth.main(rest);
      case "import" -> ChainImport.main(rest);
      case "consensus" -> Consensus.main(rest);
      case "mixed" -> MixedBlock.main(rest);
      case "dev" -> DevChains.main(rest);
      case "flat" -> FlatImport.main(rest);
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default ->
          System.err.println(
              "usage: benchmarks.jar load | startup | promises | http URL"
                  + " | http-startup URL TRANSFERS COMMAND... | overload | consensus | evm | storage"
                  + " | state | import | mixed | dev | flat | jmh [options]");
    }
  }
}
