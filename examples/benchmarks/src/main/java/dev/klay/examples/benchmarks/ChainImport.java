package dev.klay.examples.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Genesis;
import dev.klay.core.execution.RegistryContract;
import dev.klay.core.importing.BlockFileImport;
import dev.klay.core.importing.BlockFileReader;
import dev.klay.core.importing.Chain;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.SealRule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How fast recorded chains are imported, everything checked: {@code import DIR...}, each with
 * genesis.json and blocks.rlp. Senders are recovered on all cores ahead of execution; what that
 * alone takes, on one core and on all, is shown beside it.
 */
final class ChainImport {
  private static final int WARM_UPS = 6;
  private static final int RUNS = 11;

  /** Of the whole process: on a machine that others use, too, wall time says little. */
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private ChainImport() {}

  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      measure(Path.of(folder));
    }
  }

  private static void measure(Path folder) throws IOException {
    Genesis genesis = genesis(folder);
    byte[] file = Files.readAllBytes(folder.resolve("blocks.rlp"));
    double[] seconds = new double[RUNS];
    double[] cpuSeconds = new double[RUNS];
    double[] recovery = new double[RUNS];
    double[] recoveryOnOne = new double[RUNS];
    BlockFileImport.Progress done = importFile(genesis, file);
    for (int i = -WARM_UPS; i < RUNS; i++) {
      int at = Math.max(i, 0);
      long start = System.nanoTime();
      long cpuStart = PROCESS.getProcessCpuTime();
      done = importFile(genesis, file);
      seconds[at] = (System.nanoTime() - start) / 1e9;
      cpuSeconds[at] = (PROCESS.getProcessCpuTime() - cpuStart) / 1e9;
      recovery[at] = recover(file, true);
      recoveryOnOne[at] = recover(file, false);
    }
    double median = median(seconds);
    System.out.printf(
        "%s: %d blocks, %d transactions, %.1f Mgas in %.3f s (%.3f s of CPU): %.0f tx/s,"
            + " %.1f Mgas/s; recovery alone %.0f tx/s on all cores, %.0f on one (medians of %d)%n",
        folder.getFileName(),
        done.imported(),
        done.transactions(),
        done.gasUsed() / 1e6,
        median,
        median(cpuSeconds),
        done.transactions() / median,
        done.gasUsed() / 1e6 / median,
        done.transactions() / median(recovery),
        done.transactions() / median(recoveryOnOne),
        RUNS);
  }

  private static BlockFileImport.Progress importFile(Genesis genesis, byte[] file) {
    ChainSpec spec = ChainSpec.klaytn(genesis);
    try (Chain chain = new Chain(spec, new InMemoryChainStore());
        BlockFileReader blocks =
            new BlockFileReader(new ByteArrayInputStream(file), spec.sealRule())) {
      return new BlockFileImport(chain, progress -> {}).run(blocks);
    }
  }

  /** Seconds; decoding is not counted, and each run decodes anew, so that nothing is known. */
  private static double recover(byte[] file, boolean allCores) {
    List<SignedTx> transactions = new ArrayList<>();
    try (BlockFileReader blocks =
        new BlockFileReader(new ByteArrayInputStream(file), SealRule.ISTANBUL)) {
      for (Optional<Block> next = blocks.next(); next.isPresent(); next = blocks.next()) {
        transactions.addAll(next.orElseThrow().transactions());
      }
    }
    long start = System.nanoTime();
    (allCores ? transactions.parallelStream() : transactions.stream())
        .forEach(SignedTx::recoverAhead);
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** The registry contract's code, which a genesis file does not have, is in the state's dump. */
  private static Genesis genesis(Path folder) throws IOException {
    Genesis genesis = Genesis.parse(Files.readString(folder.resolve("genesis.json")));
    if (genesis.registry().isEmpty()) {
      return genesis;
    }
    JsonNode dump = new JsonMapper().readTree(folder.resolve("final-state.json").toFile());
    String address = RegistryContract.ADDRESS.toHex().substring(2);
    String code = dump.path("accounts").path(address).path("code").asText();
    return genesis.withRegistryCode(Bytes.fromHex("0x" + code));
  }
}
