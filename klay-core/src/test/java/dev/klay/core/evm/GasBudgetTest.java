package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code within a budget comes to what it comes to without one, or is abandoned in time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GasBudgetTest {
  private static final EvmRules RULES = KlaytnRules.OSAKA;
  private static final Address OTHER = Address.parse("0x00000000000000000000000000000000000c0de1");
  private static final long GAS = 10_000_000;
  private static final int STEPS = 24;
  private static final String RETURN_TOP = " PUSH0 MSTORE PUSH1 0x20 PUSH0 RETURN";

  /** Burns all its gas. */
  private static final String ENDLESS = ":loop @loop JUMP";

  /** Calls the other contract with all it may. */
  private static final String CALL_OTHER = Assembly.call(OTHER, "GAS");

  private static String precompiled(int number, int inputSize) {
    return String.format(
        "PUSH0 PUSH0 PUSH2 0x%04x PUSH0 PUSH2 0x%04x GAS STATICCALL", inputSize, number);
  }

  private static StateUpdater state(String code, String other) {
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    state.setCode(MiniMachine.CONTRACT, Code.of(Assembly.of(code), CodeInfo.ISTANBUL));
    state.setCode(OTHER, Code.of(Assembly.of(other), CodeInfo.ISTANBUL));
    return state;
  }

  private static ExecutionResult run(String code, String other, long gas, GasBudget budget) {
    Message message = MiniMachine.message(Bytes.EMPTY, gas);
    return MiniMachine.run(RULES, state(code, other), message, Tracer.NONE, budget);
  }

  private static Optional<ExecutionResult> tryRun(
      String code, String other, long gas, long budget) {
    try {
      return Optional.of(run(code, other, gas, GasBudget.of(budget)));
    } catch (BudgetSpentException spent) {
      return Optional.empty();
    }
  }

  private static void assertAbandoned(String code, String other) {
    assertThatThrownBy(() -> run(code, other, GAS, GasBudget.of(100_000)))
        .isInstanceOf(BudgetSpentException.class);
  }

  /** Returns the gas it sees, at the start or behind something. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GAS" + RETURN_TOP,
        "PUSH1 0x02 PUSH1 0x03 EXP POP GAS" + RETURN_TOP,
        "PUSH2 0x1000 MLOAD POP GAS" + RETURN_TOP,
        "PUSH2 0x1000 PUSH0 KECCAK256 GAS ADD" + RETURN_TOP,
        "PUSH1 0x07 SLOAD POP PUSH1 0x01 PUSH1 0x07 SSTORE GAS" + RETURN_TOP,
        "PUSH1 0x01 PUSH1 0x07 TSTORE PUSH1 0x07 TLOAD" + RETURN_TOP,
        "NUMBER PUSH1 0x01 SWAP1 SUB BLOCKHASH" + RETURN_TOP,
        "PUSH1 0x08 PUSH0 PUSH0 LOG0 GAS" + RETURN_TOP,
        "PUSH0 PUSH0 REVERT",
        "INVALID",
        "ADD",
        "PUSH4 0xffffffff MLOAD",
        "PUSH32 0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff MLOAD"
      })
  void codeSeesNothingOfIt(String code) {
    assertSameOrAbandoned(code, "STOP", GAS);
  }

  /** What is called returns the gas it was given. */
  @ParameterizedTest
  @ValueSource(strings = {"GAS", "PUSH2 0x1388", "PUSH0 NOT"})
  void callsHandOnWhatTheyDoWithoutIt(String gas) {
    for (String op : new String[] {"CALL", "DELEGATECALL"}) {
      String value = op.equals("CALL") ? "PUSH0 " : "";
      String call =
          "PUSH1 0x20 PUSH0 PUSH0 PUSH0 "
              + value
              + "PUSH20 "
              + OTHER.toHex()
              + " "
              + gas
              + " "
              + op
              + " POP PUSH0 MLOAD GAS ADD";
      assertSameOrAbandoned(call + RETURN_TOP, "GAS" + RETURN_TOP, GAS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INVALID",
        "PUSH0 PUSH0 REVERT",
        ENDLESS,
        "PUSH4 0xffffffff MLOAD",
        "PUSH1 0x01 PUSH0 SSTORE STOP",
        "PUSH0 PUSH0 PUSH0 PUSH0 ADDRESS GAS DELEGATECALL" + RETURN_TOP
      })
  void whatACallComesToIsTheSame(String other) {
    assertSameOrAbandoned(CALL_OTHER + "GAS ADD" + RETURN_TOP, other, 200_000);
  }

  @Test
  void creationsGetTheSameGasAndPayForTheirCode() {
    // Init code: returns as many zeros as there are gas, in hundreds.
    String init = "PUSH2 0x7fff GAS LT PUSH1 0x10 MUL PUSH0 RETURN";
    String code =
        "PUSH10 "
            + Assembly.of(init).toHex()
            + " PUSH0 MSTORE PUSH1 0x0a PUSH1 0x16 PUSH0 CREATE GAS ADD"
            + RETURN_TOP;
    assertThat(Assembly.of(init).size()).isEqualTo(10);
    assertSameOrAbandoned(code, "STOP", GAS);
    assertSameOrAbandoned(code, "STOP", 60_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0x0a, 0x0c, 0x100, 0x3fd, 0x3fe, 0x3ff})
  void precompiledContractsAnswerTheSame(int number) {
    String code = precompiled(number, 192) + " GAS ADD" + RETURN_TOP;
    assertSameOrAbandoned(code, "STOP", GAS);
    assertSameOrAbandoned(code, "STOP", 10_000);
  }

  /** Where gas runs out before the budget does, that is a result. */
  @Test
  void runningOutOfGasWithinTheBudgetIsAResult() {
    for (String code :
        new String[] {
          ENDLESS, "PUSH3 0x100000 MLOAD", precompiled(8, 192), ":loop GAS SLOAD POP @loop JUMP"
        }) {
      assertThat(run(code, "STOP", 20_000, GasBudget.of(20_000)).halt())
          .as(code)
          .satisfiesAnyOf(
              halt -> assertThat(halt).contains(HaltReason.OUT_OF_GAS),
              halt -> assertThat(halt).isEmpty()); // the precompile failed, not the caller
    }
  }

  /** Each is within its gas, and far beyond the budget. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ENDLESS,
        ":loop GAS POP @loop JUMP",
        ":loop PUSH2 0x4000 PUSH0 KECCAK256 POP @loop JUMP",
        "PUSH3 0x040000 PUSH0 PUSH0 CODECOPY",
        "PUSH3 0x080000 PUSH0 RETURN",
        "PUSH0 PUSH3 0x080000 MSTORE8",
        ":loop GAS BALANCE POP @loop JUMP",
        ":loop GAS GAS SSTORE @loop JUMP",
        ":loop PUSH0 PUSH0 PUSH0 CREATE POP @loop JUMP",
        // Calls itself to the end of its gas, in frame after frame.
        "PUSH0 PUSH0 PUSH0 PUSH0 ADDRESS GAS DELEGATECALL"
      })
  void whatIsLongIsAbandonedAtAnyDepth(String code) {
    assertAbandoned(code, "STOP");
    assertAbandoned(CALL_OTHER, code);
    assertAbandoned(":loop " + CALL_OTHER + "POP @loop JUMP", CALL_OTHER);
  }

  /** The time they take is not in the opcodes' proportion to their gas. */
  @Test
  void whatTakesLongerThanItsGasSaysCountsMore() {
    // 45,000 and 34,000 gas for a pairing, 50,000 for the evaluation at a point.
    assertAbandoned(precompiled(8, 192), "STOP");
    assertAbandoned(precompiled(0x0a, 192), "STOP");
    // Nine signatures are recovered for 27,000 gas.
    String recover = precompiled(1, 128) + " POP ";
    assertThat(tryRun(recover.repeat(8), "STOP", GAS, 100_000)).isPresent();
    assertAbandoned(recover.repeat(9), "STOP");
    // Five blocks are looked up for their hashes, at 20 gas each.
    String hash = "NUMBER PUSH1 0x01 SWAP1 SUB BLOCKHASH POP ";
    assertThat(tryRun(hash.repeat(4), "STOP", GAS, 100_000)).isPresent();
    assertAbandoned(hash.repeat(5), "STOP");
  }

  @Test
  void noOpcodeRunsBeyondIt() {
    LowestGas lowest = new LowestGas();
    Message message = MiniMachine.message(Bytes.EMPTY, GAS);
    StateUpdater state = state(CALL_OTHER, ENDLESS);
    GasBudget budget = GasBudget.of(100_000);
    assertThatThrownBy(() -> MiniMachine.run(RULES, state, message, lowest, budget))
        .isInstanceOf(BudgetSpentException.class);
    // A 64th stays with the caller.
    assertThat(lowest.gas).isBetween(GAS - GAS / 64 - 100_000, GAS - GAS / 64 - 99_000);
  }

  private static final class LowestGas implements Tracer {
    private long gas = Long.MAX_VALUE;

    @Override
    public void onStep(Step step) {
      gas = Math.min(gas, step.gas());
    }
  }

  @Test
  void severalRunsShareOne() {
    String cold = "PUSH1 0x07 SLOAD POP"; // 2,105 gas
    GasBudget budget = GasBudget.of(5_000);
    run(cold, "STOP", GAS, budget);
    run(cold, "STOP", GAS, budget);
    assertThatThrownBy(() -> run(cold, "STOP", GAS, budget))
        .isInstanceOf(BudgetSpentException.class)
        .satisfies(spent -> assertThat(spent.getStackTrace()).isEmpty());
    assertThat(run("STOP", "STOP", GAS, budget).isSuccess()).isTrue();
  }

  /** With every budget from nothing to plenty, and from one on it is never abandoned again. */
  private static void assertSameOrAbandoned(String code, String other, long gas) {
    ExecutionResult free = run(code, other, gas, GasBudget.UNLIMITED);
    long used = gas - free.gasLeft();
    boolean completed = false;
    for (int i = 0; i <= STEPS; i++) {
      Optional<ExecutionResult> tried = tryRun(code, other, gas, used * i / STEPS);
      tried.ifPresent(result -> assertThat(result).as(code).isEqualTo(free));
      assertThat(tried.isPresent() || !completed).as("abandoned with more: %s", code).isTrue();
      completed = tried.isPresent();
    }
    assertThat(tryRun(code, other, gas, 1L << 40)).contains(free);
  }
}
