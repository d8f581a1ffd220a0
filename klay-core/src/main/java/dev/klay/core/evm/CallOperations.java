package dev.klay.core.evm;

import static dev.klay.core.evm.Opcodes.*;

import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/** The opcodes that start another frame, and SELFDESTRUCT. */
final class CallOperations {
  private static final int VALUE_GAS = 9_000;
  private static final int STIPEND = 2_300;
  private static final int NEW_ACCOUNT_GAS = 25_000;
  private static final int INIT_CODE_WORD_GAS = 2; // EIP-3860
  private static final int HASH_WORD_GAS = 6;

  private final EvmRules rules;
  private final StateUpdater state;
  private final FrameStack frames;
  private final StorageOperations storage;
  private final Tracing tracing;

  CallOperations(
      EvmRules rules,
      StateUpdater state,
      FrameStack frames,
      StorageOperations storage,
      Tracing tracing) {
    this.rules = rules;
    this.state = state;
    this.frames = frames;
    this.storage = storage;
    this.tracing = tracing;
  }

  int call(int op, Frame f) {
    long[] s = f.stack;
    boolean hasValue = op == CALL || op == CALLCODE;
    int top = f.sp - 1;
    long requested = Words.clamp(s, top);
    Address to = Words.address(s, top - 1);
    UInt256 value = hasValue ? Words.get(s, top - 2) : UInt256.ZERO;
    int base = hasValue ? top - 3 : top - 2;
    long inOffset = Words.clamp(s, base);
    long inSize = Words.clamp(s, base - 1);
    long outOffset = Words.clamp(s, base - 2);
    long outSize = Words.clamp(s, base - 3);
    f.sp = base - 3;
    if (f.isStatic && op == CALL && !value.isZero()) {
      return Interpreter.halt(f, HaltReason.WRITE_PROTECTION);
    }
    long memoryGas =
        Math.max(
            f.memory.expansionGas(inOffset, inSize), f.memory.expansionGas(outOffset, outSize));
    if (!Operations.charge(f, memoryGas, callGas(op, to, value))) {
      return Operations.outOfGas(f);
    }
    f.memory.expand(inOffset, inSize);
    f.memory.expand(outOffset, outSize);
    long gas = rules.keepsPart ? Math.min(requested, f.gas - f.gas / 64) : requested;
    f.gas -= gas; // handed on, not spent
    if (f.gas < 0) {
      return Operations.outOfGas(f);
    }
    f.outputOffset = (int) Math.min(outOffset, Integer.MAX_VALUE);
    f.outputSize = (int) outSize;
    boolean delegate = op == DELEGATECALL;
    boolean inPlace = delegate || op == CALLCODE;
    FrameStack.Call call =
        new FrameStack.Call(
            op,
            to,
            inPlace ? f.address : to,
            delegate ? f.caller : f.address,
            delegate ? f.value : value,
            op == CALL ? value : UInt256.ZERO,
            f.memory.view(inOffset, inSize),
            value.isZero() ? gas : gas + STIPEND,
            f.isStatic || op == STATICCALL);
    return frames.call(f, call);
  }

  /** What a call costs before any gas is handed on, memory aside. */
  private long callGas(int op, Address to, UInt256 value) {
    long gas = 0;
    if (rules.accessCosts) {
      gas += state.markWarm(to) ? Operations.COLD_ACCOUNT : Operations.WARM;
    }
    if (rules.delegation) {
      Optional<Address> target = Delegation.target(state.code(to).bytes());
      if (target.isPresent()) {
        gas += state.markWarm(target.orElseThrow()) ? Operations.COLD_ACCOUNT : Operations.WARM;
      }
    }
    if (!value.isZero()) {
      gas += VALUE_GAS;
    }
    if (op == CALL && makesAccount(to, !value.isZero())) {
      gas += NEW_ACCOUNT_GAS;
    }
    return gas;
  }

  private boolean makesAccount(Address to, boolean hasValue) {
    return rules.emptyIsNothing ? hasValue && state.isEmpty(to) : !state.exists(to);
  }

  int create(int op, Frame f) {
    if (f.isStatic) {
      return Interpreter.halt(f, HaltReason.WRITE_PROTECTION);
    }
    long[] s = f.stack;
    int taken = op == CREATE2 ? 4 : 3;
    f.sp -= taken;
    int top = f.sp + taken - 1;
    UInt256 value = Words.get(s, top);
    long offset = Words.clamp(s, top - 1);
    long size = Words.clamp(s, top - 2);
    long wordGas =
        (rules.initCodeLimited ? INIT_CODE_WORD_GAS : 0) + (op == CREATE2 ? HASH_WORD_GAS : 0);
    if (rules.initCodeLimited && size > 2L * rules.codeSizeMax
        || !Operations.expand(f, offset, size, wordGas * Operations.words(size))) {
      return Operations.outOfGas(f);
    }
    byte[] initCode = f.memory.read(offset, size);
    tracing.calling(f);
    long gas = rules.keepsPart ? f.gas - f.gas / 64 : f.gas;
    f.gas -= gas;
    UInt256 salt = op == CREATE2 ? Words.get(s, top - 3) : UInt256.ZERO;
    return frames.create(
        f,
        new FrameStack.Creation(
            op,
            nonce ->
                op == CREATE ? addressOf(f.address, nonce) : addressOf(f.address, salt, initCode),
            value,
            initCode,
            gas));
  }

  /** The address of CREATE: of the creator and its nonce. */
  static Address addressOf(Address creator, long nonce) {
    Bytes encoded = RlpWriter.encodeList(w -> w.address(creator).unsignedLong(nonce));
    return Address.fromHash(Keccak256.hash(encoded));
  }

  /** The address of CREATE2 (EIP-1014): of the creator, a salt and the init code. */
  static Address addressOf(Address creator, UInt256 salt, byte[] initCode) {
    Hash codeHash = Keccak256.hash(initCode);
    Bytes preimage =
        new RlpWriter()
            .raw(new byte[] {(byte) 0xff})
            .raw(creator.toArray())
            .raw(salt.toBytes32())
            .raw(codeHash.toBytes())
            .toBytes();
    return Address.fromHash(Keccak256.hash(preimage));
  }

  int selfDestruct(Frame f) {
    if (f.isStatic) {
      return Interpreter.halt(f, HaltReason.WRITE_PROTECTION);
    }
    f.sp--;
    Address heir = Words.address(f.stack, f.sp);
    Amount balance = state.balance(f.address);
    long gas = rules.accessCosts && state.markWarm(heir) ? Operations.COLD_ACCOUNT : 0;
    if (rules.keepsPart && makesAccount(heir, !balance.isZero())) { // with EIP-150, too
      gas += NEW_ACCOUNT_GAS;
    }
    if (!Operations.charge(f, gas)) {
      return Operations.outOfGas(f);
    }
    if (rules.selfDestructRefund > 0 && !state.isSelfDestructed(f.address)) {
      storage.setRefund(storage.refund() + rules.selfDestructRefund);
    }
    tracing.selfDestructed(f, heir, balance.peb());
    boolean goes = !rules.selfDestructOnlyNew || state.isCreatedInTransaction(f.address);
    if (goes) {
      state.addBalance(heir, balance);
      state.selfDestruct(f.address);
    } else if (!heir.equals(f.address)) {
      state.subtractBalance(f.address, balance);
      state.addBalance(heir, balance);
    }
    return Interpreter.RETURNED;
  }
}
