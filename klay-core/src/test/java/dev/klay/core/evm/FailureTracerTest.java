package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.evm.trace.CodePosition;
import dev.klay.core.evm.trace.Failure;
import dev.klay.core.evm.trace.FailureTracer;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureTracerTest {
  private static final Address INNER = Address.parse("0x00000000000000000000000000000000000c0de1");
  private static final String CALL_INNER = Assembly.call(INNER, "GAS");
  private static final String PASS_ON =
      "RETURNDATASIZE PUSH0 PUSH0 RETURNDATACOPY RETURNDATASIZE PUSH0 REVERT";
  private static final String REVERT_WITH_WORD = "PUSH1 0x2a PUSH0 MSTORE PUSH1 0x20 PUSH0 REVERT";

  private static Optional<Failure> run(String outer, String inner, long gas) {
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    state.setCode(MiniMachine.CONTRACT, Code.of(Assembly.of(outer), CodeInfo.ISTANBUL));
    state.setCode(INNER, Code.of(Assembly.of(inner), CodeInfo.ISTANBUL));
    FailureTracer tracer = new FailureTracer();
    MiniMachine.run(EthereumRules.OSAKA, state, MiniMachine.message(Bytes.EMPTY, gas), tracer);
    return tracer.failure();
  }

  @Test
  void findsNothingWhereNothingFails() {
    assertThat(run(CALL_INNER + "STOP", REVERT_WITH_WORD, 100_000)).isEmpty();
  }

  @Test
  void findsTheInnermostRevertThatIsPassedOn() {
    Failure failure = run(CALL_INNER + PASS_ON, REVERT_WITH_WORD, 100_000).orElseThrow();
    assertThat(failure.path()).hasSize(2);
    assertThat(failure.path().get(1).call().to()).isEqualTo(INNER);
    assertThat(failure.path().get(1).from().map(CodePosition::mnemonic)).contains("CALL");
    assertThat(failure.position().map(CodePosition::mnemonic)).contains("REVERT");
    assertThat(failure.position().map(CodePosition::pc)).contains(7);
  }

  @Test
  void findsTheCallerThatRevertsForReasonsOfItsOwn() {
    Failure failure = run(CALL_INNER + REVERT_WITH_WORD, "0xfe", 100_000).orElseThrow();
    assertThat(failure.path()).hasSize(1);
    assertThat(failure.end().output().size()).isEqualTo(32);
  }

  @Test
  void findsWhereGasRanOut() {
    Failure failure = run(":again @again JUMP", "STOP", 100).orElseThrow();
    assertThat(failure.end().halt()).contains(HaltReason.OUT_OF_GAS);
    CodePosition position = failure.position().orElseThrow();
    assertThat(position.gas()).isLessThan(8);
  }

  @Test
  void knowsNoOpcodeWhereCodeCouldNotBeStored() {
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    FailureTracer tracer = new FailureTracer();
    Message creation =
        new Message(
            MiniMachine.CALLER,
            Optional.empty(),
            dev.klay.crypto.primitive.Amount.ZERO,
            Assembly.of("PUSH1 0xff PUSH0 RETURN"),
            1_000);
    MiniMachine.run(EthereumRules.OSAKA, state, creation, tracer);
    Failure failure = tracer.failure().orElseThrow();
    assertThat(failure.end().halt()).contains(HaltReason.CODE_STORE_OUT_OF_GAS);
    assertThat(failure.position()).isEmpty();
  }
}
