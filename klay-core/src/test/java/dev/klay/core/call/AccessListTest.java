package dev.klay.core.call;

import static dev.klay.core.call.SimulationFixture.ALICE;
import static dev.klay.core.call.SimulationFixture.CONTRACT;
import static dev.klay.core.call.SimulationFixture.OTHER;
import static dev.klay.core.call.SimulationFixture.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.evm.Assembly;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessListTest {
  private static final Call CALL = Call.to(CONTRACT).from(ALICE).build();

  @Test
  void namesTouchedAccountsAndSlots() {
    SimulationFixture fixture =
        SimulationFixture.with(
                "PUSH1 0x05 SLOAD PUSH20 "
                    + THIRD.toHex()
                    + " BALANCE "
                    + Assembly.call(OTHER, "GAS"))
            .put(OTHER, "PUSH1 0x01 PUSH1 0x07 SSTORE");
    CreatedAccessList created = fixture.simulation().createAccessList(CALL);
    assertThat(created.accessList())
        .isEqualTo(new AccessList(List.of(entry(CONTRACT, 5), entry(THIRD), entry(OTHER, 7))));

    Call listed = Call.to(CONTRACT).from(ALICE).accessList(created.accessList()).build();
    assertThat(fixture.simulation().run(listed)).isEqualTo(created.result());
    assertThat(created.result().isSuccess()).isTrue();
  }

  @Test
  void leavesOutWhatIsWarmAnyway() {
    String touches =
        "CALLER BALANCE ADDRESS EXTCODESIZE COINBASE BALANCE PUSH1 0x02 BALANCE PUSH1 0x0a BALANCE";
    assertThat(SimulationFixture.with(touches).simulation().createAccessList(CALL).accessList())
        .isEqualTo(AccessList.EMPTY);
  }

  @Test
  void leavesOutWhatTheCallCreates() {
    SimulationFixture fixture = SimulationFixture.with("PUSH0 PUSH0 PUSH0 CREATE EXTCODESIZE");
    assertThat(fixture.simulation().createAccessList(CALL).accessList())
        .isEqualTo(AccessList.EMPTY);
  }

  @Test
  void runsUntilNothingNewIsTouched() {
    // With a warm slot 0 there is gas enough left to touch slot 1, too.
    SimulationFixture fixture =
        SimulationFixture.with(
            "GAS PUSH0 SLOAD POP GAS SWAP1 SUB PUSH2 0x03e8 GT @more JUMPI STOP"
                + " :more PUSH1 0x01 SLOAD STOP");
    AccessList list = fixture.simulation().createAccessList(CALL).accessList();
    assertThat(list).isEqualTo(new AccessList(List.of(entry(CONTRACT, 0, 1))));
  }

  @Test
  void keepsWhatWasGivenAndWhatARevertTouched() {
    SimulationFixture fixture = SimulationFixture.with("PUSH1 0x05 SLOAD PUSH0 PUSH0 REVERT");
    AccessList given = new AccessList(List.of(entry(THIRD, 3)));
    CreatedAccessList created =
        fixture
            .simulation()
            .createAccessList(Call.to(CONTRACT).from(ALICE).accessList(given).build());
    assertThat(created.accessList())
        .isEqualTo(new AccessList(List.of(entry(THIRD, 3), entry(CONTRACT, 5))));
    assertThat(created.result().isRevert()).isTrue();
  }

  @Test
  void typesWithoutAListAreTheCallersMistake() {
    ValueTransferTx tx =
        new ValueTransferTx(
            new TxHead(0, Amount.ZERO, 0), FeeDelegation.NONE, ALICE, OTHER, Amount.ZERO);
    Simulation simulation = SimulationFixture.with("STOP").simulation();
    assertThatThrownBy(() -> simulation.createAccessList(Call.of(tx)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AccessList.Entry entry(Address address, long... slots) {
    List<Hash> keys =
        java.util.Arrays.stream(slots).mapToObj(s -> Hash.wrap(UInt256.of(s).toBytes32())).toList();
    return new AccessList.Entry(address, keys);
  }
}
