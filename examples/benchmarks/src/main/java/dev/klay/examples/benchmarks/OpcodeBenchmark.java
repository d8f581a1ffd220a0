package dev.klay.examples.benchmarks;

import dev.klay.core.evm.EthereumRules;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.crypto.primitive.Bytes;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One opcode of each group, in a loop of 2,000 rounds with 20 of them in a round. The operands are
 * copied with DUP and results dropped with POP, so {@code stack} is what to take off the others.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OpcodeBenchmark {
  private static final int ROUNDS = 2_000;
  private static final int COPIES = 20;

  // The operands, deepest first: three wide words, a small one, then the loop's counter.
  private static final String WIDE_C =
      "7f" + "f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff01";
  private static final String WIDE_B =
      "7f" + "8f3e2d1c0b9a8776655443322110ffeeddccbbaa99887766554433221100ffef";
  private static final String WIDE_A =
      "7f" + "c6a4a7935bd1e995c6a4a7935bd1e995c6a4a7935bd1e995c6a4a7935bd1e995";
  private static final String SMALL = "6007";

  /** With the stack {@code counter small a b c}, top first; each leaves it as it was. */
  private static final Map<String, String> GROUPS =
      Map.ofEntries(
          Map.entry("stack DUP DUP POP POP", "82" + "84" + "50" + "50"),
          Map.entry("arithmetic ADD", "82" + "84" + "01" + "50"),
          Map.entry("arithmetic MUL", "82" + "84" + "02" + "50"),
          Map.entry("division DIV 256:256", "82" + "85" + "04" + "50"),
          Map.entry("division DIV 256:64", "81" + "83" + "04" + "50"),
          Map.entry("modular ADDMOD", "84" + "84" + "84" + "08" + "50"),
          Map.entry("modular MULMOD", "84" + "84" + "84" + "09" + "50"),
          Map.entry("power EXP 8 bit", "81" + "83" + "0a" + "50"),
          Map.entry("comparison LT", "82" + "84" + "10" + "50"),
          Map.entry("bitwise XOR", "82" + "84" + "18" + "50"),
          Map.entry("shift SHR", "82" + "82" + "1c" + "50"),
          Map.entry("memory MSTORE MLOAD", "82" + "82" + "52" + "81" + "51" + "50"),
          Map.entry("hash KECCAK256 of 32 bytes", "6020" + "5f" + "20" + "50"),
          Map.entry("storage SLOAD warm", "81" + "54" + "50"),
          Map.entry("storage SSTORE warm", "82" + "82" + "55"),
          Map.entry("transient TSTORE TLOAD", "82" + "82" + "5d" + "81" + "5c" + "50"),
          Map.entry("environment CALLER", "33" + "50"),
          Map.entry("log LOG1 of 32 bytes", "82" + "6020" + "5f" + "a1"));

  @Param({
    "stack DUP DUP POP POP",
    "arithmetic ADD",
    "arithmetic MUL",
    "division DIV 256:256",
    "division DIV 256:64",
    "modular ADDMOD",
    "modular MULMOD",
    "power EXP 8 bit",
    "comparison LT",
    "bitwise XOR",
    "shift SHR",
    "memory MSTORE MLOAD",
    "hash KECCAK256 of 32 bytes",
    "storage SLOAD warm",
    "storage SSTORE warm",
    "transient TSTORE TLOAD",
    "environment CALLER",
    "log LOG1 of 32 bytes"
  })
  public String group = "";

  private EvmProgram program = program("");

  private static EvmProgram program(String body) {
    String head = WIDE_C + WIDE_B + WIDE_A + SMALL + "61" + "%04x".formatted(ROUNDS);
    int loop = head.length() / 2;
    // JUMPDEST body 1 SWAP1 SUB DUP1 PUSH2 loop JUMPI STOP
    String rest =
        "5b"
            + body.repeat(COPIES)
            + "6001"
            + "90"
            + "03"
            + "80"
            + "61%04x57".formatted(loop)
            + "00";
    return EvmProgram.ofCode("loop", EthereumRules.CANCUN, Bytes.fromHex("0x" + head + rest));
  }

  @Setup
  public void build() {
    program = program(GROUPS.get(group));
    if (!program.run().isSuccess()) {
      throw new IllegalStateException(group + ": " + program.run().status());
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROUNDS * COPIES)
  public ExecutionResult once() {
    return program.run();
  }
}
