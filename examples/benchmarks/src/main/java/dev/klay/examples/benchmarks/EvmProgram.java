package dev.klay.examples.benchmarks;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.evm.BlockContext;
import dev.klay.core.evm.Evm;
import dev.klay.core.evm.EvmRules;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.evm.Message;
import dev.klay.core.evm.TxContext;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Optional;

/** One message that is run again and again on one state, without the transaction around it. */
record EvmProgram(
    String name, EvmRules rules, WorldState state, Address to, Bytes input, Amount value) {
  static final long GAS = 2_000_000_000L;
  private static final Address SENDER = Address.parse("0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b");
  private static final Address CONTRACT =
      Address.parse("0x00000000000000000000000000000000c0de0001");

  /** A contract of this code, called without input. */
  static EvmProgram ofCode(String name, EvmRules rules, Bytes code) {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    updater.setCode(CONTRACT, Code.of(code, CodeInfo.BEFORE_ISTANBUL));
    return new EvmProgram(name, rules, updater.build(false), CONTRACT, Bytes.EMPTY, Amount.ZERO);
  }

  ExecutionResult run() {
    StateUpdater updater = new StateUpdater(state);
    if (rules.hasAccessCosts()) {
      updater.markWarm(SENDER);
      updater.markWarm(to);
      rules.warmFromTheStart().forEach(updater::markWarm);
    }
    BlockContext block =
        new BlockContext(
            1,
            1,
            1_000,
            Address.ZERO,
            UInt256.ZERO,
            GAS,
            UInt256.of(10),
            UInt256.ONE,
            number -> Hash.ZERO);
    TxContext tx = new TxContext(SENDER, SENDER, UInt256.of(10), Hash.ZERO, List.of());
    updater.addBalance(SENDER, value);
    Message message = new Message(SENDER, Optional.of(to), value, input, GAS);
    return Evm.run(rules, updater, block, tx, message);
  }
}
