package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.evm.trace.StepLog;
import dev.klay.core.evm.trace.StructLogTracer;
import dev.klay.core.evm.trace.StructLogTracer.Options;
import dev.klay.core.evm.trace.TraceBudget;
import dev.klay.core.evm.trace.TraceTooLargeException;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StructLogTracerTest {
  private static final long GAS = 100_000;

  private static List<StepLog> steps(String source, long gas) {
    return steps(source, gas, Options.DEFAULT);
  }

  private static List<StepLog> steps(String source, long gas, Options options) {
    StructLogTracer tracer = new StructLogTracer(options);
    MiniMachine.run(EthereumRules.OSAKA, Assembly.of(source), gas, tracer);
    return tracer.steps();
  }

  private static StepLog last(List<StepLog> steps) {
    return steps.get(steps.size() - 1);
  }

  @Test
  void tellsEveryOpcodeWithGasDepthAndStack() {
    List<StepLog> steps = steps("PUSH1 0x05 PUSH1 0x07 ADD STOP", GAS);
    assertThat(steps)
        .extracting(StepLog::mnemonic)
        .containsExactly("PUSH1", "PUSH1", "ADD", "STOP");
    assertThat(steps).extracting(StepLog::pc).containsExactly(0, 2, 4, 5);
    assertThat(steps).extracting(StepLog::gas).containsExactly(GAS, GAS - 3, GAS - 6, GAS - 9);
    assertThat(steps).extracting(StepLog::depth).containsOnly(1);
    assertThat(steps.get(2).stack()).isEqualTo(Optional.of(List.of(UInt256.of(5), UInt256.of(7))));
  }

  @Test
  void countsTheDynamicPartOfACost() {
    List<StepLog> steps = steps("PUSH1 0x80 PUSH1 0x40 MSTORE STOP", GAS);
    assertThat(steps.get(2).gasCost()).isEqualTo(3 + 9); // three words of memory
    assertThat(steps.get(2).memorySizeAfter()).isEqualTo(96);
  }

  @Test
  void countsWhatACallHandsOnAsItsCost() {
    List<StepLog> steps = steps(Assembly.call(MiniMachine.CALLER, "PUSH2 0x1000") + "STOP", GAS);
    StepLog call = steps.get(7);
    assertThat(call.mnemonic()).isEqualTo("CALL");
    assertThat(call.gasCost()).isEqualTo(2_600 + 0x1000);
    assertThat(last(steps).gas()).isEqualTo(call.gas() - 2_600); // all comes back
  }

  @Test
  void countsNoGasHandedToACreation() {
    StepLog create = steps("PUSH0 PUSH0 PUSH0 CREATE STOP", GAS).get(3);
    assertThat(create.gasCost()).isEqualTo(32_000);
  }

  @Test
  void tellsWhatAnOpcodeWouldHaveCostThatRunsOutOfGas() {
    StepLog store = last(steps("PUSH1 0x01 PUSH1 0x20 MSTORE STOP", 10));
    assertThat(store.gas()).isEqualTo(4);
    assertThat(store.gasCost()).isEqualTo(3 + 6);
    assertThat(store.error()).contains("out of gas");
  }

  @Test
  void tellsTheStaticPriceOfMemoryThatNobodyCanPay() {
    StepLog load = last(steps("PUSH0 NOT MLOAD", GAS));
    assertThat(load.gasCost()).isEqualTo(3);
    assertThat(load.error()).contains("out of gas");
  }

  @Test
  void tellsTheWordsThatAnOpcodeLacks() {
    assertThat(last(steps("PUSH0 ADD", GAS)).error()).contains("stack underflow (1 <=> 2)");
  }

  @Test
  void showsTheSlotsThatTheContractHasUsedSoFar() {
    List<StepLog> steps = steps("PUSH1 0x09 PUSH1 0x01 SSTORE PUSH1 0x02 SLOAD STOP", GAS);
    assertThat(steps.get(2).storage()).contains(new TreeMap<>(java.util.Map.of(word(1), word(9))));
    assertThat(steps.get(4).storage())
        .contains(new TreeMap<>(java.util.Map.of(word(1), word(9), word(2), word(0))));
  }

  private static UInt256 word(int value) {
    return UInt256.of(value);
  }

  @Test
  void leavesOutWhatIsNotAskedFor() {
    StepLog step = steps("PUSH0 POP", GAS, new Options(false, false, false, false, 0)).get(1);
    assertThat(step.stack()).isEmpty();
    assertThat(step.memory()).isEmpty();
    assertThat(step.storage()).isEmpty();
    assertThat(step.returnData()).isEmpty();
  }

  @Test
  void tellsNoMoreStepsThanTheLimit() {
    String endless = ":again @again JUMP";
    assertThat(steps(endless, GAS, new Options(true, true, true, true, 10))).hasSize(10);
  }

  @Test
  void endsTheRunWhenTheBudgetIsSpent() {
    StructLogTracer tracer = new StructLogTracer(Options.DEFAULT, new TraceBudget(10_000));
    assertThatThrownBy(
            () ->
                MiniMachine.run(
                    EthereumRules.OSAKA, Assembly.of(":again @again JUMP"), 10_000_000, tracer))
        .isInstanceOf(TraceTooLargeException.class)
        .hasMessageContaining("10000 bytes");
  }
}
