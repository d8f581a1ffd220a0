package dev.klay.examples.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.evm.EthereumRules;
import dev.klay.core.evm.EvmRules;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Speed of the machine on whole contracts: every program below a directory in the form of state
 * tests, and the functions of {@code EvmBench.json}. Prints gas, the median CPU time and Mgas/s of
 * the call alone, without the transaction around it; one thread, warmed up.
 *
 * <pre>{@code
 * java -jar benchmarks.jar evm DIR [name filter]
 * }</pre>
 */
final class EvmPrograms {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Address BENCH = Address.parse("0x00000000000000000000000000000000c0de0000");
  private static final long WARM_UP_NANOS = 2_500_000_000L;
  private static final int RUNS_MIN = 9;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final long MEASURE_NANOS = 1_500_000_000L;

  /** What EvmBench's reference figures were measured with. */
  private static final Map<String, Long> FUNCTIONS =
      Map.of(
          "arith(uint256)", 60_000L,
          "wide(uint256)", 60_000L,
          "hashes(uint256)", 20_000L,
          "sort(uint256)", 300L,
          "stores(uint256)", 1_000L,
          "calls(uint256)", 20_000L);

  private EvmPrograms() {}

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    String filter = args.length > 1 ? args[1] : "";
    System.out.printf(
        "JDK %s, %d cores%n",
        System.getProperty("java.version"), Runtime.getRuntime().availableProcessors());
    System.out.printf("%-36s %14s %10s %10s%n", "program", "gas", "ms", "Mgas/s");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        read(file, program -> measure(program, filter));
      }
    }
  }

  private static void read(Path file, Consumer<EvmProgram> action) {
    JsonNode json;
    try {
      json = JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (json.has("deployed")) {
      readFunctions(json, action);
      return;
    }
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      JsonNode tx = entry.getValue().get("transaction");
      WorldState state = state(entry.getValue().get("pre"));
      for (int i = 0; i < tx.get("data").size(); i++) {
        String name = file.getFileName().toString().replace(".json", "") + " " + i;
        Address to = Address.parse(tx.get("to").asText());
        Amount value = Amount.peb(number(tx.get("value").get(0).asText()));
        action.accept(
            new EvmProgram(
                name,
                rules(entry.getValue()),
                state,
                to,
                Bytes.fromHex(tx.get("data").get(i).asText()),
                value));
      }
    }
  }

  private static EvmRules rules(JsonNode test) {
    return test.get("post").has("Cancun") ? EthereumRules.CANCUN : EthereumRules.LONDON;
  }

  private static void readFunctions(JsonNode contract, Consumer<EvmProgram> action) {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    Bytes code = Bytes.fromHex("0x" + contract.get("deployed").asText());
    updater.setCode(BENCH, Code.of(code, CodeInfo.BEFORE_ISTANBUL));
    WorldState state = updater.build(false);
    FUNCTIONS.keySet().stream()
        .sorted()
        .filter(contract.get("selectors")::has)
        .forEach(
            function -> {
              long argument = FUNCTIONS.get(function);
              String input =
                  "0x"
                      + contract.get("selectors").get(function).asText()
                      + "%064x".formatted(argument);
              action.accept(
                  new EvmProgram(
                      "EvmBench " + function.replace("uint256", "" + argument),
                      EthereumRules.ISTANBUL,
                      state,
                      BENCH,
                      Bytes.fromHex(input),
                      Amount.ZERO));
            });
  }

  private static WorldState state(JsonNode accounts) {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    for (Map.Entry<String, JsonNode> entry : accounts.properties()) {
      Address address = Address.parse(entry.getKey());
      JsonNode account = entry.getValue();
      updater.addBalance(address, Amount.peb(number(account.get("balance").asText())));
      Bytes code = Bytes.fromHex(account.get("code").asText());
      if (!code.isEmpty()) {
        updater.setCode(address, Code.of(code, CodeInfo.BEFORE_ISTANBUL));
      }
      for (Map.Entry<String, JsonNode> slot : account.get("storage").properties()) {
        updater.setStorage(
            address,
            UInt256.of(number(slot.getKey())),
            UInt256.of(number(slot.getValue().asText())));
      }
    }
    return updater.build(false);
  }

  private static BigInteger number(String hex) {
    String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
    return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, 16);
  }

  private static void measure(EvmProgram program, String filter) {
    if (!program.name().contains(filter)) {
      return;
    }
    ExecutionResult result = program.run();
    long gas = EvmProgram.GAS - result.gasLeft();
    long warm = System.nanoTime() + WARM_UP_NANOS;
    while (System.nanoTime() < warm) {
      program.run();
    }
    long[] times = new long[10_000];
    int count = 0;
    long end = System.nanoTime() + MEASURE_NANOS;
    while (count < times.length && (count < RUNS_MIN || System.nanoTime() < end)) {
      long start = CPU.getCurrentThreadCpuTime();
      program.run();
      times[count++] = CPU.getCurrentThreadCpuTime() - start;
    }
    Arrays.sort(times, 0, count);
    double millis = times[count / 2] / 1e6;
    System.out.printf(
        "%-36s %14d %10.3f %10.1f  %s%n",
        program.name(), gas, millis, gas / millis / 1000, outcome(result));
  }

  private static String outcome(ExecutionResult result) {
    return result.isSuccess()
        ? Keccak256.hash(result.output()).toHex().substring(0, 18)
        : result.status().toString();
  }
}
