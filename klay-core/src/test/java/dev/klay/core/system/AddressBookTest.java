package dev.klay.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Genesis;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.execution.StakingInfo;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The address book of Klaytn's main network, as its genesis has it. */
@Tag("conformance")
class AddressBookTest {
  /**
   * The contract's slots: the funds, lists of nodes, stakings and rewards, whether it is in use.
   */
  private static final int FIRST_FUND = 5;

  private static final int SECOND_FUND = 6;
  private static final int NODES = 9;
  private static final int STAKINGS = 10;
  private static final int REWARDS = 11;
  private static final int IN_USE = 12;

  private final Genesis genesis =
      Genesis.parse(Vectors.json("klaytn/genesis/cypress.json").get("genesis").toString());

  private static Address address(int number) {
    return Address.fromHash(Keccak256.hash(new byte[] {(byte) number}));
  }

  private static UInt256 word(Address address) {
    return UInt256.fromBytes(address.toArray());
  }

  private static void put(StateUpdater state, int slot, UInt256 value) {
    state.setStorage(AddressBook.ADDRESS, UInt256.of(slot), value);
  }

  /** Solidity keeps an array's length in its slot, the items behind the slot's hash. */
  private static void putList(StateUpdater state, int slot, List<Address> list) {
    put(state, slot, UInt256.of(list.size()));
    UInt256 place = UInt256.fromBytes(Keccak256.hash(UInt256.of(slot).toBytes32()).toArray());
    for (Address item : list) {
      state.setStorage(AddressBook.ADDRESS, place, word(item));
      place = place.plus(UInt256.ONE);
    }
  }

  private StakingInfo read(WorldState state) {
    BlockRules rules =
        new BlockRules(
            genesis.chainId(),
            0,
            genesis.forks(),
            genesis.parameters(),
            genesis.parameters(),
            false);
    return AddressBook.read(
        new ContractReads(
            state,
            new BlockEnvironment(
                rules, Address.ZERO, Address.ZERO, 0, Amount.ZERO, UInt256.ZERO, n -> Hash.ZERO)));
  }

  @Test
  void theContractOfTheMainNetworkIsRead() {
    try (Tally tally = new Tally("klaytn-genesis-address-book")) {
      tally.run("not in use", () -> assertThat(read(genesis.state())).isEqualTo(StakingInfo.NONE));
      tally.run("three validators", this::checkInUse);
    }
  }

  private void checkInUse() {
    StateUpdater state = new StateUpdater(genesis.state());
    List<Address> nodes = IntStream.range(0, 3).mapToObj(AddressBookTest::address).toList();
    List<Address> stakings = IntStream.range(10, 13).mapToObj(AddressBookTest::address).toList();
    List<Address> rewards = List.of(address(20), address(21), address(20));
    put(state, IN_USE, UInt256.ONE);
    put(state, FIRST_FUND, word(address(30)));
    put(state, SECOND_FUND, word(address(31)));
    putList(state, NODES, nodes);
    putList(state, STAKINGS, stakings);
    putList(state, REWARDS, rewards);
    state.addBalance(stakings.get(0), Amount.klay("5000000.999"));
    state.addBalance(stakings.get(1), Amount.klay(200_000_000_000L));
    state.addBalance(stakings.get(2), Amount.klay(7));

    StakingInfo read = read(state.build(false));
    assertThat(read.firstFund()).isEqualTo(Optional.of(address(30)));
    assertThat(read.secondFund()).isEqualTo(Optional.of(address(31)));
    assertThat(read.stakers())
        .containsExactly(
            new StakingInfo.Staker(
                address(20), UInt256.of(5_000_007), List.of(nodes.get(0), nodes.get(2))),
            new StakingInfo.Staker(
                address(21), UInt256.of(100_000_000_000L), List.of(nodes.get(1))));
    assertThat(read.stakeKlayOf(nodes.get(2))).isEqualTo(UInt256.of(5_000_007));
    assertThat(read.stakeKlayOf(address(99))).isEqualTo(UInt256.ZERO);
  }
}
