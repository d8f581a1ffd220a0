package dev.klay.core.call;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.evm.Assembly;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;

/** A state with Alice, who owns 100 KLAY, and contracts that tests put there. */
final class SimulationFixture {
  static final long CHAIN = 1000;
  static final Amount BASE_FEE = Amount.ston(25);
  static final PrivateKey ALICE_KEY = PrivateKey.of(Keccak256.hash(new byte[] {7}).toArray());
  static final Address ALICE = ALICE_KEY.address();
  static final Address COINBASE = Address.parse("0x0000000000000000000000000000000000c01ba5");
  static final Address CONTRACT = Address.parse("0x00000000000000000000000000000000000c0de0");
  static final Address OTHER = Address.parse("0x00000000000000000000000000000000000c0de1");
  static final Address THIRD = Address.parse("0x00000000000000000000000000000000000c0de2");

  private final StateUpdater updater = new StateUpdater(WorldState.EMPTY);
  private final Fork fork;

  SimulationFixture(Fork fork) {
    this.fork = fork;
    updater.addBalance(ALICE, Amount.klay(100));
  }

  static SimulationFixture with(String code) {
    return new SimulationFixture(Fork.PRAGUE).put(CONTRACT, code);
  }

  SimulationFixture put(Address address, String code) {
    updater.createContract(address);
    updater.setCode(address, Code.of(Assembly.of(code), CodeInfo.ISTANBUL));
    updater.setNonce(address, 1);
    return this;
  }

  SimulationFixture store(Address address, long slot, long word) {
    updater.setStorage(address, UInt256.of(slot), UInt256.of(word));
    return this;
  }

  SimulationFixture give(Address address, Amount amount) {
    updater.addBalance(address, amount);
    return this;
  }

  WorldState state() {
    return updater.build(false);
  }

  BlockEnvironment block() {
    GovernanceParameters parameters = GovernanceParameters.DEFAULT;
    BlockRules rules =
        new BlockRules(CHAIN, 300, ForkSchedule.allFromGenesis(fork), parameters, parameters, true);
    return new BlockEnvironment(
        rules, COINBASE, COINBASE, 1_700_000_000, BASE_FEE, UInt256.of(44), n -> Hash.ZERO);
  }

  Simulation simulation() {
    return new Simulation(state(), block());
  }

  Simulation simulation(Overrides overrides) {
    return new Simulation(state(), block(), overrides, Simulation.GAS_MAX);
  }
}
