package dev.klay.core.call;

import static dev.klay.core.call.SimulationFixture.ALICE;
import static dev.klay.core.call.SimulationFixture.ALICE_KEY;
import static dev.klay.core.call.SimulationFixture.BASE_FEE;
import static dev.klay.core.call.SimulationFixture.CHAIN;
import static dev.klay.core.call.SimulationFixture.CONTRACT;
import static dev.klay.core.call.SimulationFixture.OTHER;
import static dev.klay.core.call.SimulationFixture.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.config.Fork;
import dev.klay.core.evm.Assembly;
import dev.klay.core.execution.BlockExecutor;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GasEstimateTest {
  private static final String CHECKED = "ISZERO @fail JUMPI STOP :fail PUSH0 PUSH0 REVERT";

  @Test
  void aTransferNeedsItsIntrinsicGas() {
    assertThat(exact(SimulationFixture.with("STOP"), Call.to(ALICE).build())).isEqualTo(21_000);
    MemoTx memo =
        new MemoTx(
            new TxHead(0, Amount.ZERO, 0),
            FeeDelegation.ratio(30),
            ALICE,
            OTHER,
            Amount.klay(1),
            Bytes.fromHex("0x00ff"));
    assertThat(exact(SimulationFixture.with("STOP"), Call.of(memo))).isEqualTo(36_050);
  }

  @Test
  void aWriteNeedsTheStipendToBeLeft() {
    long gas = exact("PUSH1 0x01 PUSH0 SSTORE");
    assertThat(gas).isEqualTo(21_000 + 5 + 22_100);
    // A warm slot that is written as it was costs less than must be left for any write.
    assertThat(exact("PUSH0 SLOAD PUSH0 SSTORE")).isEqualTo(21_000 + 4 + 2_100 + 2_301);
  }

  @Test
  void refundsComeTooLateToHelp() {
    SimulationFixture full = SimulationFixture.with("PUSH0 PUSH0 SSTORE").store(CONTRACT, 0, 1);
    long used = full.simulation().run(call()).gasUsed();
    assertThat(exact(full, call())).isEqualTo(used + 4_800);
  }

  @Test
  void everyCallKeepsA64thBack() {
    SimulationFixture nested =
        SimulationFixture.with(Assembly.call(OTHER, "GAS") + CHECKED)
            .put(OTHER, Assembly.call(THIRD, "GAS") + CHECKED)
            .put(THIRD, "PUSH1 0x01 PUSH0 SSTORE PUSH1 0x01 PUSH1 0x01 SSTORE");
    long used = nested.simulation().run(call()).gasUsed();
    assertThat(exact(nested, call())).isGreaterThan(used);
  }

  @Test
  void codeThatDemandsGasGetsIt() {
    // 200,000 must be left at the start, though nearly nothing is used.
    String picky = "GAS PUSH3 0x030d40 GT " + "@fail JUMPI STOP :fail PUSH0 PUSH0 REVERT";
    assertThat(exact(picky)).isEqualTo(21_000 + 2 + 200_000);
    // A call that passes on a fixed amount, more than a 64th of what there is must cover.
    SimulationFixture fixed =
        SimulationFixture.with(Assembly.call(OTHER, "PUSH3 0x0186a0") + CHECKED)
            .put(OTHER, "GAS PUSH3 0x018600 GT @fail JUMPI STOP :fail PUSH0 PUSH0 REVERT");
    exact(fixed, call());
  }

  @Test
  void codeThatSpendsAPartOfItsGasIsBracketed() {
    // Halves what it has by looping, then writes.
    String wasteful = "GAS PUSH1 0x01 SHR :loop DUP1 GAS GT @loop JUMPI PUSH1 0x01 PUSH0 SSTORE";
    exact(new SimulationFixture(Fork.PRAGUE).put(CONTRACT, wasteful), call(3_000_000));
  }

  @Test
  void aCreationPaysForItsCode() {
    Bytes code = Bytes.wrap(new byte[1_000]);
    Call creation = Call.creation().from(ALICE).input(Assembly.deploying(code)).build();
    assertThat(exact(SimulationFixture.with("STOP"), creation)).isGreaterThan(53_000 + 200_000);
  }

  @Test
  void muchInputHasAFloor() {
    byte[] input = new byte[1_000];
    java.util.Arrays.fill(input, (byte) 1);
    long gas =
        exact(SimulationFixture.with("STOP"), Call.to(CONTRACT).input(Bytes.wrap(input)).build());
    assertThat(gas).isEqualTo(21_000 + 40_000);
  }

  @Test
  void whatRevertsAtAnyLimitSaysWhy() {
    GasEstimate estimate =
        SimulationFixture.with("PUSH1 0x2a PUSH0 MSTORE PUSH1 0x20 PUSH0 REVERT")
            .simulation()
            .estimateGas(call());
    assertThat(estimate)
        .isInstanceOfSatisfying(
            GasEstimate.Failing.class,
            failing -> {
              assertThat(failing.limit()).isEqualTo(Simulation.GAS_MAX);
              assertThat(failing.result().isRevert()).isTrue();
              assertThat(failing.result().output().get(31)).isEqualTo((byte) 42);
            });
  }

  @Test
  void theLimitIsNotAboveTheCallsOwn() {
    Simulation simulation = SimulationFixture.with("PUSH1 0x01 PUSH0 SSTORE").simulation();
    assertThat(simulation.estimateGas(call(43_104)))
        .isInstanceOfSatisfying(
            GasEstimate.Failing.class, f -> assertThat(f.limit()).isEqualTo(43_104));
    assertThat(simulation.estimateGas(call(43_105)))
        .isInstanceOfSatisfying(
            GasEstimate.Sufficient.class, s -> assertThat(s.gas()).isEqualTo(43_105));
    assertRefused(simulation, call(20_000), RejectionReason.INTRINSIC_GAS_TOO_LOW);
  }

  @Test
  void theLimitIsNotAboveWhatThePayerOwns() {
    Address poor = Address.parse("0x0000000000000000000000000000000000000bad");
    SimulationFixture fixture =
        SimulationFixture.with("PUSH1 0x01 PUSH0 SSTORE").give(poor, BASE_FEE.times(43_105));
    CallBuilder call = Call.to(CONTRACT).from(poor).gasPrice(BASE_FEE);
    assertThat(exact(fixture, call.build())).isEqualTo(43_105);

    assertThat(fixture.simulation().estimateGas(call.value(BASE_FEE.times(1)).build()))
        .isInstanceOfSatisfying(
            GasEstimate.Failing.class, f -> assertThat(f.limit()).isEqualTo(43_104));
    assertRefused(
        fixture.simulation(),
        call.value(BASE_FEE.times(30_000)).build(),
        RejectionReason.INSUFFICIENT_FUNDS);
  }

  @Test
  void aBlockAgreesToTheUnit() {
    SimulationFixture fixture =
        SimulationFixture.with(Assembly.call(OTHER, "GAS") + CHECKED)
            .put(OTHER, "PUSH1 0x01 PUSH0 SSTORE");
    long gas = exact(fixture, Call.to(CONTRACT).from(ALICE).gasPrice(BASE_FEE).build());
    assertThat(statusInBlock(fixture, gas)).isEqualTo(1);
    assertThat(statusInBlock(fixture, gas - 1)).isNotEqualTo(1);
  }

  private static int statusInBlock(SimulationFixture fixture, long gas) {
    LegacyTx tx =
        new LegacyTx(new TxHead(0, BASE_FEE, gas), Optional.of(CONTRACT), Amount.ZERO, Bytes.EMPTY);
    TxOutcome outcome =
        new BlockExecutor(fixture.state(), fixture.block())
            .execute(SignedTx.sign(tx, CHAIN, ALICE_KEY));
    return ((TxOutcome.Executed) outcome).receipt().status();
  }

  private static void assertRefused(Simulation simulation, Call call, RejectionReason reason) {
    assertThatThrownBy(() -> simulation.estimateGas(call))
        .isInstanceOfSatisfying(
            CallRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Call call() {
    return call(0);
  }

  private static Call call(long gas) {
    return Call.to(CONTRACT).gas(gas).build();
  }

  private static long exact(String code) {
    return exact(SimulationFixture.with(code), call());
  }

  /** The estimate, after it was seen to work and one less not to. */
  @Test
  void aSearchEndsWhenItsTimeIsOver() {
    SimulationFixture fixture = SimulationFixture.with("STOP");
    AtomicInteger runs = new AtomicInteger();
    Simulation limited =
        new Simulation(
            fixture.state(),
            fixture.block(),
            Overrides.NONE,
            Simulation.GAS_MAX,
            () -> runs.incrementAndGet() > 1);
    assertThatThrownBy(() -> limited.estimateGas(Call.to(CONTRACT).from(ALICE).build()))
        .isInstanceOf(CallTooLongException.class);
    assertThat(runs).hasValue(2);
  }

  private static long exact(SimulationFixture fixture, Call call) {
    Simulation simulation = fixture.simulation();
    GasEstimate estimate = simulation.estimateGas(call);
    assertThat(estimate).isInstanceOf(GasEstimate.Sufficient.class);
    long gas = ((GasEstimate.Sufficient) estimate).gas();
    assertThat(works(fixture, call, gas)).isTrue();
    assertThat(works(fixture, call, gas - 1)).isFalse();
    return gas;
  }

  private static boolean works(SimulationFixture fixture, Call call, long gas) {
    Simulation limited = new Simulation(fixture.state(), fixture.block(), Overrides.NONE, gas);
    try {
      return limited.run(call).isSuccess();
    } catch (CallRefusedException e) {
      assertThat(e.reason()).isEqualTo(RejectionReason.INTRINSIC_GAS_TOO_LOW);
      return false;
    }
  }
}
