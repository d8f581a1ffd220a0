package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Code that wants much for little gas. The bound: a unit of gas allocates at most {@link
 * #BYTES_PER_GAS} bytes, garbage included, on top of {@link #BYTES_AT_ONCE} for whatever runs.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileCodeTest {
  private static final long BYTES_PER_GAS = 100;
  private static final long BYTES_AT_ONCE = 50_000_000; // frames up to the depth limit, mostly
  private static final long GAS = 10_000_000;

  /** Calls with a megabyte of input: the account is missing, has code, or is a precompile. */
  @ParameterizedTest
  @CsvSource({
    "0x00beef, 0", "0x0c0de1, 0", "0x0c0de1, 100", "0x01, 5000", "0x02, 0", "0x04, 0", "0x04, 5000",
    "0x05, 500", "0x06, 500", "0x07, 6000", "0x08, 0", "0x09, 10", "0x0a, 50000", "0x0b, 400",
    "0x0c, 0", "0x0d, 800", "0x0f, 0", "0x10, 6000", "0x0100, 7000"
  })
  void largeInputIsNotCopiedForNothing(String callee, int gas) {
    int width = (callee.length() - 2) / 2;
    String call =
        String.format(
            "PUSH0 PUSH0 PUSH3 0x100000 PUSH0 PUSH%d %s PUSH2 0x%04x STATICCALL POP ",
            width, callee, gas);
    assertBounded("PUSH0 PUSH3 0x0fffe0 MSTORE :loop " + call + "@loop JUMP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Memory as large as it gets, and beyond.
        "PUSH0 PUSH3 0x100000 MSTORE PUSH0 PUSH4 0xffffffff MSTORE",
        "PUSH0 PUSH32 0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff MSTORE",
        "PUSH3 0x080000 PUSH0 RETURN",
        // Calls itself, with memory, to the end.
        "PUSH0 PUSH2 0x0400 MSTORE PUSH2 0x0400 PUSH0 PUSH2 0x0400 PUSH0 PUSH0 ADDRESS GAS CALL",
        // Calls itself and keeps what comes back.
        "PUSH0 PUSH0 PUSH0 PUSH0 ADDRESS GAS DELEGATECALL PUSH2 0x2000 PUSH0 RETURN",
        // Creates from as much init code as there may be.
        ":loop PUSH2 0xc000 PUSH0 PUSH0 CREATE POP @loop JUMP",
        ":loop PUSH0 PUSH2 0xc000 PUSH0 PUSH0 CREATE2 POP @loop JUMP",
        // Logs, copies and hashes as much as it can.
        ":loop PUSH2 0x4000 PUSH0 LOG0 @loop JUMP",
        ":loop PUSH2 0x4000 PUSH0 PUSH0 CODECOPY @loop JUMP",
        ":loop PUSH2 0x4000 PUSH0 KECCAK256 POP @loop JUMP",
        ":loop PUSH2 0x4000 PUSH0 PUSH0 ADDRESS EXTCODECOPY @loop JUMP",
        // Touches a new account, a new slot and a new transient slot each time.
        ":loop GAS BALANCE POP @loop JUMP",
        ":loop GAS SLOAD POP @loop JUMP",
        ":loop GAS GAS TSTORE @loop JUMP",
        ":loop GAS GAS SSTORE @loop JUMP",
        ":loop GAS GAS EXP POP @loop JUMP"
      })
  void allocatesNoMoreThanGasPaysFor(String code) {
    assertBounded(code);
  }

  @Test
  void endlessJumpsEndWithTheGas() {
    assertThat(run(":loop @loop JUMP", GAS).halt()).contains(HaltReason.OUT_OF_GAS);
  }

  private static void assertBounded(String code) {
    run(code, GAS / 10); // loads classes
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    run(code, GAS);
    long allocated = threads.getThreadAllocatedBytes(id) - before;
    assertThat(allocated).isLessThan(BYTES_AT_ONCE + BYTES_PER_GAS * GAS);
  }

  private static ExecutionResult run(String code, long gas) {
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    state.setCode(MiniMachine.CONTRACT, Code.of(Assembly.of(code), CodeInfo.ISTANBUL));
    state.setCode(
        Address.parse("0x00000000000000000000000000000000000c0de1"),
        Code.of(Assembly.of("STOP"), CodeInfo.ISTANBUL));
    return MiniMachine.run(
        EthereumRules.OSAKA, state, MiniMachine.message(Bytes.EMPTY, gas), Tracer.NONE);
  }
}
