package dev.klay.core.call;

import static dev.klay.core.call.SimulationFixture.ALICE;
import static dev.klay.core.call.SimulationFixture.CONTRACT;
import static dev.klay.core.call.SimulationFixture.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.config.Fork;
import dev.klay.core.evm.Assembly;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.evm.HaltReason;
import dev.klay.core.evm.Step;
import dev.klay.core.evm.Tracer;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.Authorization;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SetCodeTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulationTest {
  /** Ends code by returning the top of the stack. */
  private static final String RETURN_TOP = " PUSH0 MSTORE PUSH1 0x20 PUSH0 RETURN";

  @Test
  void aCallGivesWhatCodeReturnsAndChangesNothing() {
    SimulationFixture fixture =
        SimulationFixture.with(
            "PUSH1 0x07 PUSH0 SSTORE PUSH1 0x09 PUSH0 PUSH0 LOG1 PUSH0 SLOAD" + RETURN_TOP);
    WorldState before = fixture.state();
    Simulation simulation = new Simulation(before, fixture.block());
    CallResult result = simulation.run(call().build());

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.receiptStatus()).isEqualTo(1);
    assertThat(number(result)).isEqualTo(7);
    assertThat(result.logs()).hasSize(1);
    assertThat(result.gasUsed()).isGreaterThan(21_000 + 22_100);
    assertThat(before.storage(CONTRACT, UInt256.ZERO)).isEqualTo(UInt256.ZERO);
    assertThat(simulation.run(call().build())).isEqualTo(result);
  }

  @Test
  void aRevertGivesItsDataAndAHaltItsReason() {
    CallResult revert = run("PUSH1 0x2a PUSH0 MSTORE PUSH1 0x20 PUSH0 REVERT");
    assertThat(revert.isRevert()).isTrue();
    assertThat(revert.receiptStatus()).isEqualTo(9);
    assertThat(number(revert)).isEqualTo(42);

    CallResult halt = run("INVALID");
    assertThat(halt.status()).isEqualTo(ExecutionResult.Status.HALT);
    assertThat(halt.halt()).contains(HaltReason.INVALID_OPCODE);
    assertThat(halt.receiptStatus()).isEqualTo(2);
    assertThat(halt.gasUsed()).isEqualTo(Simulation.GAS_MAX);
    assertThat(halt.output()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void aCreationNamesItsContractAndGivesItsCode() {
    Bytes code = Assembly.of("PUSH1 0x01" + RETURN_TOP);
    CallResult result =
        SimulationFixture.with("STOP")
            .simulation()
            .run(Call.creation().from(ALICE).input(Assembly.deploying(code)).build());
    assertThat(result.isSuccess()).isTrue();
    assertThat(result.output()).isEqualTo(code);
    assertThat(result.contract()).isPresent();
  }

  @Test
  void codeSeesTheCallersValueInputAndPrice() {
    assertThat(address(run("CALLER" + RETURN_TOP, call().from(ALICE)))).isEqualTo(ALICE);
    assertThat(address(run("ORIGIN" + RETURN_TOP))).isEqualTo(Address.ZERO);
    assertThat(number(run("CALLVALUE" + RETURN_TOP, call().from(ALICE).value(Amount.peb(5)))))
        .isEqualTo(5);
    Bytes word = Bytes.wrap(UInt256.of(77).toBytes32());
    assertThat(number(run("PUSH0 CALLDATALOAD" + RETURN_TOP, call().input(word)))).isEqualTo(77);
    assertThat(number(run("GASPRICE" + RETURN_TOP))).isEqualTo(25_000_000_000L);
  }

  /** What a frame that is undone has touched is cold again, but not what was warm before it. */
  @Test
  void precompiledContractsAreWarmFromTheStartAndStaySo() {
    for (String[] each : new String[][] {{"PUSH1 0x01", "107"}, {"PUSH2 0xbeef", "2607"}}) {
      String balance = each[0] + " BALANCE POP ";
      SimulationFixture fixture =
          SimulationFixture.with(
                  Assembly.call(OTHER, "GAS") + "POP GAS " + balance + "GAS SWAP1 SUB" + RETURN_TOP)
              .put(OTHER, balance + "PUSH0 PUSH0 REVERT");
      CallResult result = fixture.simulation().run(call().build());
      assertThat(number(result)).isEqualTo(Long.parseLong(each[1]));
    }
  }

  @Test
  void whoGivesAPricePaysForTheGasFirst() {
    CallResult paid =
        run(
            "CALLER BALANCE" + RETURN_TOP,
            call().from(ALICE).gas(100_000).gasPrice(Amount.ston(50)));
    Amount left = Amount.klay(100).minus(Amount.ston(25 + 25).times(100_000));
    assertThat(UInt256.fromBytes(paid.output().toArray())).isEqualTo(left.peb());
    CallResult free = run("CALLER BALANCE" + RETURN_TOP, call().from(ALICE).gas(100_000));
    assertThat(UInt256.fromBytes(free.output().toArray())).isEqualTo(Amount.klay(100).peb());
  }

  @Test
  void whatCannotStartIsRefused() {
    assertRefused(call().value(Amount.peb(1)), RejectionReason.INSUFFICIENT_FUNDS);
    assertRefused(call().gas(20_999), RejectionReason.INTRINSIC_GAS_TOO_LOW);
    assertRefused(
        call().from(ALICE).gas(1_000_000).gasPrice(Amount.klay(1)),
        RejectionReason.INSUFFICIENT_FUNDS);
    assertRefused(
        Call.creation().input(Bytes.wrap(new byte[49_153])), RejectionReason.INIT_CODE_TOO_LARGE);
  }

  @Test
  void noCallUsesMoreGasThanIsAllowed() {
    SimulationFixture fixture = SimulationFixture.with("GAS" + RETURN_TOP);
    Simulation small = new Simulation(fixture.state(), fixture.block(), Overrides.NONE, 50_000);
    assertThat(number(small.run(call().build()))).isEqualTo(50_000 - 21_000 - 2);
    assertThat(number(small.run(call().gas(1_000_000).build()))).isEqualTo(50_000 - 21_000 - 2);
    assertThat(number(small.run(call().gas(40_000).build()))).isEqualTo(40_000 - 21_000 - 2);
  }

  @Test
  void aCallHasNoLimitOfTheComputationCost() {
    // Two opcodes of 424 ns for 4 gas, until little gas is left.
    String busy = ":loop ADDRESS POP ADDRESS POP ADDRESS POP GAS PUSH3 0x010000 LT @loop JUMPI";
    Call call = call().gas(10_000_000).build();
    Simulation simulation = SimulationFixture.with(busy).simulation();
    assertThat(simulation.run(call).isSuccess()).isTrue();

    GasEstimate estimate = simulation.estimateGas(call);
    assertThat(estimate).isInstanceOf(GasEstimate.Failing.class);
    assertThat(((GasEstimate.Failing) estimate).result().halt())
        .contains(HaltReason.COMPUTATION_COST);
  }

  @Test
  void accountsCanBeOverridden() {
    SimulationFixture fixture =
        SimulationFixture.with("PUSH0 SLOAD PUSH1 0x01 SLOAD PUSH1 0x10 SHL ADD" + RETURN_TOP)
            .store(CONTRACT, 0, 1)
            .store(CONTRACT, 1, 2);
    assertThat(number(fixture.simulation().run(call().build()))).isEqualTo(0x20001);

    Map<UInt256, UInt256> slots = Map.of(UInt256.ZERO, UInt256.of(7));
    assertThat(overridden(fixture, AccountOverride.NONE.withStorageChanges(slots)))
        .isEqualTo(0x20007);
    assertThat(overridden(fixture, AccountOverride.NONE.withStorage(slots))).isEqualTo(7);
    Bytes code = Assembly.of("SELFBALANCE" + RETURN_TOP);
    AccountOverride rich = AccountOverride.NONE.withCode(code).withBalance(Amount.peb(99));
    assertThat(overridden(fixture, rich)).isEqualTo(99);
    assertThat(fixture.state().balance(CONTRACT)).isEqualTo(Amount.ZERO);
    assertThatThrownBy(() -> AccountOverride.NONE.withStorage(slots).withStorageChanges(slots))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long overridden(SimulationFixture fixture, AccountOverride override) {
    Overrides overrides = Overrides.NONE.with(CONTRACT, override);
    return number(fixture.simulation(overrides).run(call().build()));
  }

  @Test
  void anOverriddenNonceDecidesTheAddressOfACreation() {
    SimulationFixture fixture = SimulationFixture.with("STOP");
    Call creation = Call.creation().from(ALICE).build();
    Overrides later = Overrides.NONE.with(ALICE, AccountOverride.NONE.withNonce(5));
    assertThat(fixture.simulation(later).run(creation).contract())
        .isNotEqualTo(fixture.simulation().run(creation).contract());
  }

  @Test
  void overriddenSlotsCountAsOldForGas() {
    SimulationFixture fixture = SimulationFixture.with("PUSH1 0x05 PUSH0 SSTORE");
    Overrides set =
        Overrides.NONE.with(
            CONTRACT, AccountOverride.NONE.withStorageChanges(Map.of(UInt256.ZERO, UInt256.of(9))));
    long fresh = fixture.simulation().run(call().build()).gasUsed();
    long reset = fixture.simulation(set).run(call().build()).gasUsed();
    assertThat(fresh - reset).isEqualTo(20_000 - 2_900);
  }

  @Test
  void theBlockCanBeOverridden() {
    BlockOverride block =
        BlockOverride.NONE
            .withNumber(500)
            .withTimeSeconds(1_800_000_000)
            .withCoinbase(OTHER)
            .withBaseFee(Amount.peb(3))
            .withPrevRandao(UInt256.of(4))
            .withGasLimit(5);
    assertThat(inBlock("NUMBER", BlockOverride.NONE)).isEqualTo(UInt256.of(300));
    assertThat(inBlock("NUMBER", block)).isEqualTo(UInt256.of(500));
    assertThat(inBlock("TIMESTAMP", block)).isEqualTo(UInt256.of(1_800_000_000));
    assertThat(inBlock("COINBASE", block)).isEqualTo(UInt256.fromBytes(OTHER.toArray()));
    assertThat(inBlock("BASEFEE", block)).isEqualTo(UInt256.of(3));
    assertThat(inBlock("DIFFICULTY", block)).isEqualTo(UInt256.of(4));
    assertThat(inBlock("GASLIMIT", block)).isEqualTo(UInt256.of(5));
    assertThat(inBlock("GASLIMIT", BlockOverride.NONE)).isEqualTo(UInt256.ZERO);
  }

  private static UInt256 inBlock(String opcode, BlockOverride block) {
    CallResult result =
        SimulationFixture.with(opcode + RETURN_TOP)
            .simulation(Overrides.NONE.with(block))
            .run(call().build());
    return UInt256.fromBytes(result.output().toArray());
  }

  @Test
  void theForkOfTheBlockHolds() {
    SimulationFixture old = new SimulationFixture(Fork.KORE).put(CONTRACT, "PUSH0 STOP");
    assertThat(old.simulation().run(call().build()).halt()).contains(HaltReason.INVALID_OPCODE);
    assertThat(run("PUSH0 STOP").isSuccess()).isTrue();
  }

  @Test
  void transactionsOfKlaytnCanBeTriedUnsigned() {
    Simulation simulation = SimulationFixture.with("STOP").simulation();
    TxHead head = new TxHead(0, Amount.ZERO, 0);
    CallResult transfer =
        simulation.run(
            Call.of(new ValueTransferTx(head, FeeDelegation.FULL, ALICE, OTHER, Amount.klay(1))));
    assertThat(transfer.isSuccess()).isTrue();
    assertThat(transfer.gasUsed()).isEqualTo(31_000);

    AccountKey key = new AccountKeyPublic(SimulationFixture.ALICE_KEY.publicKey());
    CallResult update =
        simulation.run(Call.of(new AccountUpdateTx(head, FeeDelegation.NONE, ALICE, key)));
    assertThat(update.isSuccess()).isTrue();
    assertThat(update.gasUsed()).isEqualTo(41_000);
    CallResult nil =
        simulation.run(
            Call.of(new AccountUpdateTx(head, FeeDelegation.NONE, ALICE, AccountKey.NIL)));
    assertThat(nil.isSuccess()).isFalse();
    assertThat(nil.receiptStatus()).isEqualTo(0x11);
  }

  @Test
  void anAuthorizationLetsAnAccountRunTheCodeOfAnother() {
    SimulationFixture fixture = SimulationFixture.with("PUSH1 0x02 SLOAD POP ADDRESS" + RETURN_TOP);
    Authorization authorization =
        Authorization.sign(
            SimulationFixture.CHAIN, CONTRACT, 1, SimulationFixture.ALICE_KEY); // after its own
    SetCodeTx tx =
        new SetCodeTx(
            SimulationFixture.CHAIN,
            0,
            Amount.ZERO,
            Amount.ZERO,
            0,
            ALICE,
            Amount.ZERO,
            Bytes.EMPTY,
            AccessList.EMPTY,
            List.of(authorization));
    Call call = Call.of(tx, ALICE);
    assertThat(address(fixture.simulation().run(call))).isEqualTo(ALICE);
    assertThat(fixture.simulation().createAccessList(call).accessList().entries())
        .containsExactly(
            new AccessList.Entry(ALICE, List.of(Hash.wrap(UInt256.of(2).toBytes32()))));
  }

  @Test
  void aCallNamesOneSender() {
    ValueTransferTx ofAlice =
        new ValueTransferTx(
            new TxHead(0, Amount.ZERO, 0), FeeDelegation.NONE, ALICE, OTHER, Amount.ZERO);
    assertThatThrownBy(() -> Call.of(ofAlice, OTHER)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Call(ofAlice, ALICE, Optional.of(OTHER)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTracerSeesEveryOpcode() {
    List<String> seen = new ArrayList<>();
    Tracer tracer =
        new Tracer() {
          @Override
          public void onStep(Step step) {
            seen.add(step.mnemonic());
          }
        };
    SimulationFixture.with("PUSH0 POP STOP").simulation().run(call().build(), tracer);
    assertThat(seen).containsExactly("PUSH0", "POP", "STOP");
  }

  private static CallBuilder call() {
    return Call.to(CONTRACT);
  }

  private static CallResult run(String code) {
    return run(code, call());
  }

  private static CallResult run(String code, CallBuilder call) {
    return SimulationFixture.with(code).simulation().run(call.build());
  }

  private static void assertRefused(CallBuilder call, RejectionReason reason) {
    assertThatThrownBy(() -> run("STOP", call))
        .isInstanceOfSatisfying(
            CallRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static long number(CallResult result) {
    return UInt256.fromBytes(result.output().toArray()).toLong();
  }

  private static Address address(CallResult result) {
    return Address.wrap(result.output().slice(12, 32).toArray());
  }
}
