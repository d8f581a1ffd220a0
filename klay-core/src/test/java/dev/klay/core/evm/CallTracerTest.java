package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.evm.trace.CallFrame;
import dev.klay.core.evm.trace.CallTracer;
import dev.klay.core.evm.trace.CallTracer.Options;
import dev.klay.core.evm.trace.GethTraceJson;
import dev.klay.core.evm.trace.TraceBudget;
import dev.klay.core.evm.trace.TraceTooLargeException;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import org.junit.jupiter.api.Test;

class CallTracerTest {
  private static final Address INNER = Address.parse("0x00000000000000000000000000000000000c0de1");
  private static final long GAS = 1_000_000;
  private static final String CALL_INNER = Assembly.call(INNER, "GAS");

  private static CallTracer run(Options options, String outer, String inner) {
    CallTracer tracer = new CallTracer(options);
    run(tracer, outer, inner);
    return tracer;
  }

  private static void run(Tracer tracer, String outer, String inner) {
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    state.setCode(MiniMachine.CONTRACT, Code.of(Assembly.of(outer), CodeInfo.ISTANBUL));
    state.setCode(INNER, Code.of(Assembly.of(inner), CodeInfo.ISTANBUL));
    MiniMachine.run(EthereumRules.OSAKA, state, MiniMachine.message(Bytes.EMPTY, GAS), tracer);
  }

  @Test
  void nestsCallsAsTheyHappen() {
    CallFrame root = run(Options.DEFAULT, CALL_INNER + CALL_INNER + "STOP", "STOP").result();
    assertThat(root.isSuccess()).isTrue();
    assertThat(root.calls()).hasSize(2);
    assertThat(root.calls()).allMatch(CallFrame::isSuccess);
    assertThat(root.calls().get(0).start().to()).isEqualTo(INNER);
    assertThat(root.calls().get(0).start().from()).isEqualTo(MiniMachine.CONTRACT);
  }

  @Test
  void tellsACallThatIsRefusedForItsValue() {
    String callWithValue =
        "PUSH0 PUSH0 PUSH0 PUSH0 PUSH1 0x05 PUSH20 " + INNER.toHex() + " PUSH1 0x64 CALL ";
    CallFrame refused =
        run(Options.DEFAULT, callWithValue + "STOP", "STOP").result().calls().get(0);
    assertThat(refused.end().halt()).contains(HaltReason.INSUFFICIENT_BALANCE);
    assertThat(refused.end().gasUsed()).isZero();
    assertThat(refused.start().gas()).isEqualTo(100 + 2_300);
    assertThat(refused.ranCode()).isFalse();
  }

  @Test
  void keepsTheLogsThatHoldInTheirPlace() {
    CallTracer tracer =
        run(
            new Options(false, true, false),
            "PUSH0 PUSH0 LOG0 " + CALL_INNER + "PUSH0 PUSH0 LOG0 STOP",
            "PUSH0 PUSH0 LOG0 PUSH0 PUSH0 REVERT");
    assertThat(tracer.result().calls().get(0).logs()).isEmpty();
    assertThat(tracer.result().logs())
        .extracting(CallFrame.CallLog::index, CallFrame.CallLog::position)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, 0), org.assertj.core.groups.Tuple.tuple(1, 1));
  }

  @Test
  void keepsTheTopCallAlone() {
    CallTracer tracer =
        run(new Options(true, true, false), CALL_INNER + "STOP", "PUSH0 PUSH0 LOG0 STOP");
    assertThat(tracer.result().calls()).isEmpty();
    assertThat(tracer.result().logs()).isEmpty();
  }

  @Test
  void wordsFailuresAsGethDoes() {
    assertThat(GethTraceJson.calls(run(Options.DEFAULT, "0x0c", "STOP")).get("error").asText())
        .isEqualTo("invalid opcode: opcode 0xc not defined");
    assertThat(GethTraceJson.calls(run(Options.DEFAULT, "ADD", "STOP")).get("error").asText())
        .isEqualTo("stack underflow (0 <=> 2)");
    assertThat(
            GethTraceJson.calls(run(Options.DEFAULT, ":again PUSH0 @again JUMP", "STOP"))
                .get("error")
                .asText())
        .isEqualTo("stack limit reached 1024 (1023)");
  }

  @Test
  void endsTheRunWhenTheBudgetIsSpent() {
    CallTracer tracer = new CallTracer(Options.DEFAULT, new TraceBudget(1_000));
    assertThatThrownBy(() -> run(tracer, ":again " + CALL_INNER + "POP @again JUMP", "STOP"))
        .isInstanceOf(TraceTooLargeException.class);
  }

  @Test
  void hasNoResultBeforeTheEnd() {
    assertThatThrownBy(() -> new CallTracer(Options.DEFAULT).result())
        .isInstanceOf(IllegalStateException.class);
  }
}
