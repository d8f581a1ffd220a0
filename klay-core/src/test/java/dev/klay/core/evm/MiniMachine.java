package dev.klay.core.evm;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.List;
import java.util.Optional;

/** Runs a piece of code at one address of an empty state, for tests of opcodes. */
final class MiniMachine {
  static final Address CALLER = Address.parse("0x00000000000000000000000000000000000ca11e");
  static final Address CONTRACT = Address.parse("0x00000000000000000000000000000000000c0de0");
  private static final long GAS = 100_000;

  private MiniMachine() {}

  /** What an opcode leaves on the stack, the last operand on top, under the newest rules. */
  static UInt256 run(int opcode, UInt256... operands) {
    RlpWriter code = new RlpWriter();
    for (UInt256 operand : operands) {
      code.raw(new byte[] {(byte) Opcodes.PUSH32}).raw(operand.toBytes32());
    }
    // opcode, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN
    code.raw(new byte[] {(byte) opcode, 0x5f, 0x52, 0x60, 0x20, 0x5f, (byte) 0xf3});
    ExecutionResult result = run(EthereumRules.OSAKA, code.toBytes(), GAS, Tracer.NONE);
    if (!result.isSuccess()) {
      throw new AssertionError(result.toString());
    }
    return UInt256.fromBytes(result.output().toArray());
  }

  static ExecutionResult run(EvmRules rules, Bytes code, long gas, Tracer tracer) {
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    state.setCode(CONTRACT, Code.of(code, CodeInfo.ISTANBUL));
    return run(rules, state, message(Bytes.EMPTY, gas), tracer);
  }

  static ExecutionResult run(EvmRules rules, StateUpdater state, Message message, Tracer tracer) {
    return run(rules, state, message, tracer, GasBudget.UNLIMITED);
  }

  static ExecutionResult run(
      EvmRules rules, StateUpdater state, Message message, Tracer tracer, GasBudget budget) {
    TxContext tx = new TxContext(CALLER, CALLER, UInt256.ONE, Hash.ZERO, List.of());
    return Evm.run(rules, state, block(), tx, message, tracer, budget);
  }

  static Message message(Bytes input, long gas) {
    return new Message(CALLER, Optional.of(CONTRACT), Amount.ZERO, input, gas);
  }

  static BlockContext block() {
    return new BlockContext(
        1000,
        300,
        1_700_000_000,
        Address.parse("0x0000000000000000000000000000000000c01ba5"),
        UInt256.MAX,
        30_000_000,
        UInt256.of(7),
        UInt256.ONE,
        number -> Hash.wrap(UInt256.of(number).toBytes32()));
  }
}
