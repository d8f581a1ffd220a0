package dev.klay.core.evm;

import static dev.klay.core.evm.Opcodes.*;

import dev.klay.core.account.Code;
import dev.klay.core.block.Log;
import dev.klay.core.evm.precompile.CallData;
import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.List;

/** The opcodes that look beyond stack and memory. */
final class Operations {
  /** The frame goes on with its next opcode. */
  static final int NEXT = -1;

  private static final int WORD_GAS = 3;
  private static final int HASH_WORD_GAS = 6;
  private static final int LOG_BYTE_GAS = 8;
  private static final int ANCESTORS = 256;

  /** A block's hash may lie in a file, with all of the block. */
  private static final int BLOCK_HASH_WORK = 20_000;

  static final int COLD_ACCOUNT = 2_600; // EIP-2929
  static final int WARM = 100;

  private final EvmRules rules;
  private final StateUpdater state;
  private final BlockContext block;
  private final TxContext tx;
  private final List<Log> logs;
  private final StorageOperations storage;
  private final CallOperations calls;
  private final Tracing tracing;
  private final GasBudget budget;

  Operations(
      EvmRules rules,
      StateUpdater state,
      BlockContext block,
      TxContext tx,
      List<Log> logs,
      StorageOperations storage,
      CallOperations calls,
      Tracing tracing,
      GasBudget budget) {
    this.rules = rules;
    this.state = state;
    this.block = block;
    this.tx = tx;
    this.logs = logs;
    this.storage = storage;
    this.calls = calls;
    this.tracing = tracing;
    this.budget = budget;
  }

  /**
   * Takes gas; whether the frame had it.
   *
   * @throws BudgetSpentException if it had, but a budget had not
   */
  static boolean charge(Frame f, long gas) {
    f.gas -= gas;
    if (f.gas >= 0 && f.gas < f.floor) {
      throw new BudgetSpentException();
    }
    return f.gas >= 0;
  }

  /** Takes memory's gas and more; whether the frame had both. */
  static boolean charge(Frame f, long memoryGas, long more) {
    return charge(f, memoryGas == Long.MAX_VALUE ? memoryGas : memoryGas + more);
  }

  static int outOfGas(Frame f) {
    return Interpreter.halt(f, HaltReason.OUT_OF_GAS);
  }

  /** Charges for a range of memory and more, and makes it usable; whether the frame had the gas. */
  static boolean expand(Frame f, long offset, long length, long more) {
    if (!charge(f, f.memory.expansionGas(offset, length), more)) {
      return false;
    }
    f.memory.expand(offset, length);
    return true;
  }

  static long words(long bytes) {
    return bytes / 32 + (bytes % 32 == 0 ? 0 : 1);
  }

  long refund() {
    return storage.refund();
  }

  int perform(int op, Frame f) {
    switch (op) {
      case EXP:
        return exp(f);
      case CLZ:
        Words.clz(f.stack, f.sp - 1);
        return NEXT;
      case SHA3:
        return sha3(f);
      case CALLDATALOAD:
        return callDataLoad(f);
      case CALLDATACOPY:
        return copy(f, f.input);
      case CODECOPY:
        return copyCode(f);
      case RETURNDATACOPY:
        return copyReturnData(f);
      case MCOPY:
        return copyMemory(f);
      case BALANCE, EXTCODESIZE, EXTCODEHASH:
        return readAccount(op, f);
      case EXTCODECOPY:
        return copyExternalCode(f);
      case BLOCKHASH:
        return blockHash(f);
      case BLOBHASH:
        return blobHash(f);
      case SLOAD:
        return storage.load(f);
      case SSTORE:
        return storage.store(f);
      case TLOAD:
        return storage.loadTransient(f);
      case TSTORE:
        return storage.storeTransient(f);
      case LOG0, LOG0 + 1, LOG0 + 2, LOG0 + 3, LOG4:
        return log(op - LOG0, f);
      case RETURN:
        return finish(f, Interpreter.RETURNED);
      case REVERT:
        return finish(f, Interpreter.REVERTED);
      case CALL, CALLCODE, DELEGATECALL, STATICCALL:
        return calls.call(op, f);
      case CREATE, CREATE2:
        return calls.create(op, f);
      case SELFDESTRUCT:
        return calls.selfDestruct(f);
      default:
        return environment(op, f);
    }
  }

  /** The opcodes that push what is known: no gas beyond the static part. */
  private int environment(int op, Frame f) {
    long[] s = f.stack;
    int top = f.sp++;
    switch (op) {
      case ADDRESS -> Words.set(s, top, f.address);
      case ORIGIN -> Words.set(s, top, tx.origin());
      case CALLER -> Words.set(s, top, f.caller);
      case CALLVALUE -> Words.set(s, top, f.value);
      case CALLDATASIZE -> Words.set(s, top, f.input.size());
      case CODESIZE -> Words.set(s, top, f.code.length());
      case GASPRICE -> Words.set(s, top, tx.gasPrice());
      case RETURNDATASIZE -> Words.set(s, top, f.returnData.length);
      case COINBASE -> Words.set(s, top, block.coinbase());
      case TIMESTAMP -> Words.set(s, top, block.timeSeconds());
      case NUMBER -> Words.set(s, top, block.number());
      case PREVRANDAO -> Words.set(s, top, block.prevRandao());
      case GASLIMIT -> Words.set(s, top, block.gasLimit());
      case CHAINID -> Words.set(s, top, block.chainId());
      case GAS -> Words.set(s, top, f.gas);
      case SELFBALANCE -> Words.set(s, top, state.balance(f.address).peb());
      case BASEFEE -> Words.set(s, top, block.baseFee());
      case BLOBBASEFEE -> Words.set(s, top, block.blobBaseFee());
      default -> throw new AssertionError("opcode " + op + " has a price but no meaning");
    }
    return NEXT;
  }

  private int exp(Frame f) {
    long[] s = f.stack;
    UInt256 exponent = Words.get(s, f.sp - 2);
    if (!charge(f, (long) rules.expByteGas * exponent.byteLength())) {
      return outOfGas(f);
    }
    // Square and multiply, with the three words behind the stack's top as scratch space.
    long[] w = new long[12];
    Words.set(w, 0, 1);
    System.arraycopy(s, f.sp - 1 << 2, w, 4, 4);
    int bits = exponent.byteLength() * 8;
    for (int i = bits - 1; i >= 0; i--) {
      System.arraycopy(w, 0, w, 8, 4);
      Words.mul(w, 2, 0);
      if ((exponent.word(i >> 6) >>> (i & 63) & 1) != 0) {
        Words.mul(w, 1, 0);
      }
    }
    f.sp--;
    System.arraycopy(w, 0, s, f.sp - 1 << 2, 4);
    return NEXT;
  }

  private int sha3(Frame f) {
    long[] s = f.stack;
    long offset = Words.clamp(s, f.sp - 1);
    long length = Words.clamp(s, f.sp - 2);
    if (!expand(f, offset, length, HASH_WORD_GAS * words(length))) {
      return outOfGas(f);
    }
    f.sp--;
    byte[] hash = Keccak256.hash(f.memory.read(offset, length)).unsafeArray();
    Words.load(s, f.sp - 1, hash, 0);
    return NEXT;
  }

  private static int callDataLoad(Frame f) {
    long offset = Words.clamp(f.stack, f.sp - 1);
    CallData input = f.input;
    if (offset <= input.size() - 32) {
      Words.load(f.stack, f.sp - 1, input.unsafeSource(), input.start() + (int) offset);
    } else {
      Words.load(f.stack, f.sp - 1, input.read(offset, 32), 0);
    }
    return NEXT;
  }

  /** Copies to memory; what the source lacks is zero. */
  private static int copy(Frame f, CallData source) {
    f.sp -= 3;
    long to = Words.clamp(f.stack, f.sp + 2);
    long from = Words.clamp(f.stack, f.sp + 1);
    long length = Words.clamp(f.stack, f.sp);
    if (!expand(f, to, length, WORD_GAS * words(length))) {
      return outOfGas(f);
    }
    f.memory.write(to, source, from, length);
    return NEXT;
  }

  /** The padding of the code is zeros, too, so it may be read as if it were there. */
  private static int copyCode(Frame f) {
    return copy(f, CallData.of(f.code.unsafePadded()));
  }

  private static int copyReturnData(Frame f) {
    long from = Words.clamp(f.stack, f.sp - 2);
    long length = Words.clamp(f.stack, f.sp - 3);
    if (from + length < 0 || from + length > f.returnData.length) {
      return Interpreter.halt(f, HaltReason.RETURN_DATA_OUT_OF_BOUNDS);
    }
    return copy(f, CallData.of(f.returnData));
  }

  private static int copyMemory(Frame f) {
    f.sp -= 3;
    long to = Words.clamp(f.stack, f.sp + 2);
    long from = Words.clamp(f.stack, f.sp + 1);
    long length = Words.clamp(f.stack, f.sp);
    if (!expand(f, Math.max(to, from), length, WORD_GAS * words(length))) {
      return outOfGas(f);
    }
    if (length > 0) {
      System.arraycopy(f.memory.data(), (int) from, f.memory.data(), (int) to, (int) length);
    }
    return NEXT;
  }

  /** What touching an account costs beyond the static part. */
  private long accessGas(Address address) {
    if (!rules.accessCosts) {
      return 0;
    }
    return state.markWarm(address) ? COLD_ACCOUNT : WARM;
  }

  private int readAccount(int op, Frame f) {
    Address address = Words.address(f.stack, f.sp - 1);
    boolean isFlat = op == EXTCODEHASH && rules.codeHashIsFlat;
    if (!isFlat && !charge(f, accessGas(address))) {
      return outOfGas(f);
    }
    int top = f.sp - 1;
    if (op == BALANCE) {
      Words.set(f.stack, top, state.balance(address).peb());
    } else if (op == EXTCODESIZE) {
      Words.set(f.stack, top, state.code(address).bytes().size());
    } else if (rules.codeHashOfNobody || !state.isEmpty(address)) {
      Words.load(f.stack, top, state.code(address).hash().unsafeArray(), 0);
    } else {
      Words.zero(f.stack, top);
    }
    return NEXT;
  }

  private int copyExternalCode(Frame f) {
    Address address = Words.address(f.stack, f.sp - 1);
    if (!charge(f, accessGas(address))) {
      return outOfGas(f);
    }
    f.sp--;
    Code code = state.code(address);
    return copy(f, CallData.of(code.bytes().unsafeArray()));
  }

  private int blockHash(Frame f) {
    long number = Words.clamp(f.stack, f.sp - 1);
    if (number < block.number() && number >= block.number() - ANCESTORS) {
      budget.take(BLOCK_HASH_WORK);
      Words.load(f.stack, f.sp - 1, block.blockHashes().apply(number).unsafeArray(), 0);
    } else {
      Words.zero(f.stack, f.sp - 1);
    }
    return NEXT;
  }

  private int blobHash(Frame f) {
    long index = Words.clamp(f.stack, f.sp - 1);
    if (index < tx.blobHashes().size()) {
      Words.load(f.stack, f.sp - 1, tx.blobHashes().get((int) index).unsafeArray(), 0);
    } else {
      Words.zero(f.stack, f.sp - 1);
    }
    return NEXT;
  }

  private int log(int topicCount, Frame f) {
    if (f.isStatic) {
      return Interpreter.halt(f, HaltReason.WRITE_PROTECTION);
    }
    f.sp -= 2 + topicCount;
    int top = f.sp + topicCount + 1;
    long offset = Words.clamp(f.stack, top);
    long length = Words.clamp(f.stack, top - 1);
    if (!expand(f, offset, length, LOG_BYTE_GAS * length)) {
      return outOfGas(f);
    }
    List<Hash> topics = new ArrayList<>(topicCount);
    for (int i = 0; i < topicCount; i++) {
      byte[] topic = new byte[Hash.SIZE];
      Words.store(f.stack, top - 2 - i, topic, 0);
      topics.add(Hash.wrap(topic));
    }
    Log log = new Log(f.address, topics, Bytes.wrap(f.memory.read(offset, length)));
    logs.add(log);
    tracing.logged(f, log);
    return NEXT;
  }

  private static int finish(Frame f, int outcome) {
    f.sp -= 2;
    long offset = Words.clamp(f.stack, f.sp + 1);
    long length = Words.clamp(f.stack, f.sp);
    if (!expand(f, offset, length, 0)) {
      return outOfGas(f);
    }
    f.output = f.memory.read(offset, length);
    return outcome;
  }
}
