package dev.klay.core.evm;

import static dev.klay.core.evm.Opcodes.*;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/**
 * Makes bytecode by chance that runs far: operands are there before they are taken, jumps mostly
 * hit their target, memory offsets are mostly small, loops end, calls mostly find somebody. A part
 * is malformed on purpose. The same random numbers make the same code.
 */
final class ProgramGenerator {
  private static final int[] BINARY = {
    ADD,
    MUL,
    SUB,
    DIV,
    SDIV,
    MOD,
    SMOD,
    EXP,
    SIGNEXTEND,
    LT,
    GT,
    SLT,
    SGT,
    EQ,
    AND,
    OR,
    XOR,
    BYTE,
    SHL,
    SHR,
    SAR
  };
  private static final int[] NULLARY = {
    ADDRESS,
    ORIGIN,
    CALLER,
    CALLVALUE,
    CALLDATASIZE,
    CODESIZE,
    GASPRICE,
    RETURNDATASIZE,
    COINBASE,
    TIMESTAMP,
    NUMBER,
    PREVRANDAO,
    GASLIMIT,
    CHAINID,
    SELFBALANCE,
    BASEFEE,
    BLOBBASEFEE,
    PC,
    MSIZE,
    GAS,
    PUSH0
  };
  private static final int[] UNARY = {ISZERO, NOT, CLZ, CALLDATALOAD, BLOCKHASH, BLOBHASH};
  private static final int[] OF_ACCOUNT = {BALANCE, EXTCODESIZE, EXTCODEHASH};
  private static final int[] CALLS = {CALL, CALLCODE, DELEGATECALL, STATICCALL};
  private static final int NESTING_MAX = 3;

  private final Random random;
  private final List<Address> accounts;
  private final ByteArrayOutputStream code = new ByteArrayOutputStream();
  private int height;
  private int nesting;

  /**
   * A generator of one program.
   *
   * @param accounts whom it may call
   */
  ProgramGenerator(Random random, List<Address> accounts) {
    this.random = random;
    this.accounts = accounts;
  }

  Bytes program() {
    statements(5 + random.nextInt(60));
    end();
    return Bytes.wrap(code.toByteArray());
  }

  private void statements(int count) {
    for (int i = 0; i < count; i++) {
      statement();
    }
  }

  private void statement() {
    int kind = random.nextInt(100);
    if (kind < 25) {
      operate(pick(BINARY), 2);
    } else if (kind < 29) {
      operate(random.nextBoolean() ? ADDMOD : MULMOD, 3);
    } else if (kind < 37) {
      push(word());
    } else if (kind < 43) {
      emit(pick(NULLARY));
      height++;
    } else if (kind < 47) {
      operate(pick(UNARY), 1);
    } else if (kind < 53) {
      shuffle();
    } else if (kind < 65) {
      memory();
    } else if (kind < 75) {
      storage();
    } else if (kind < 79) {
      address();
      emit(pick(OF_ACCOUNT));
    } else if (kind < 87) {
      call();
    } else if (kind < 89) {
      create();
    } else if (kind < 93) {
      loop();
    } else if (kind < 96) {
      branch();
    } else if (kind < 98) {
      log();
    } else {
      odd();
    }
  }

  /** An opcode on words that were there, or are pushed first; rarely one short. */
  private void operate(int opcode, int operands) {
    while (height < operands && random.nextInt(200) > 0) {
      push(word());
    }
    emit(opcode);
    height = Math.max(0, height - operands) + 1;
  }

  private void shuffle() {
    int depth = 1 + random.nextInt(Math.min(16, Math.max(1, height)));
    boolean dup = random.nextBoolean() || height < 2;
    int swap = Math.min(depth, Math.max(1, height - 1));
    emit(dup ? DUP1 + depth - 1 : SWAP1 + swap - 1);
    height += dup ? 1 : 0;
  }

  private void memory() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> {
        push(word());
        offset();
        emit(random.nextInt(4) == 0 ? MSTORE8 : MSTORE);
        height -= 2;
      }
      case 3, 4 -> {
        offset();
        emit(MLOAD);
      }
      case 5 -> {
        offset();
        offset();
        emit(SHA3);
        height--;
      }
      case 6 -> {
        size();
        offset();
        offset();
        emit(random.nextBoolean() ? CALLDATACOPY : MCOPY);
        height -= 3;
      }
      case 7 -> {
        size();
        offset();
        offset();
        emit(CODECOPY);
        height -= 3;
      }
      case 8 -> {
        // No more than there is, or it halts.
        emit(RETURNDATASIZE);
        emit(PUSH0);
        height += 2;
        offset();
        emit(RETURNDATACOPY);
        height -= 3;
      }
      default -> {
        size();
        offset();
        offset();
        address();
        emit(EXTCODECOPY);
        height -= 4;
      }
    }
  }

  private void storage() {
    boolean fleeting = random.nextInt(4) == 0;
    if (random.nextBoolean()) {
      push(UInt256.of(random.nextInt(3) * random.nextInt(100)));
      push(UInt256.of(random.nextInt(6)));
      emit(fleeting ? TSTORE : SSTORE);
      height -= 2;
    } else {
      push(UInt256.of(random.nextInt(6)));
      emit(fleeting ? TLOAD : SLOAD);
    }
  }

  private void call() {
    int opcode = pick(CALLS);
    size();
    offset();
    size();
    offset();
    boolean hasValue = opcode == CALL || opcode == CALLCODE;
    if (hasValue) {
      push(UInt256.of(random.nextInt(4) == 0 ? random.nextInt(50) : 0));
    }
    address();
    if (random.nextInt(3) == 0) {
      push(UInt256.of(random.nextInt(30_000)));
    } else {
      emit(GAS);
      height++;
    }
    emit(opcode);
    height -= hasValue ? 6 : 5;
  }

  /** Init code is what is in memory: the program's own code, or a word that was stored. */
  private void create() {
    if (random.nextBoolean()) {
      size();
      offset();
      push(UInt256.ZERO);
      emit(CODECOPY);
      height -= 3;
    } else {
      push(word());
      push(UInt256.ZERO);
      emit(MSTORE);
      height -= 2;
    }
    boolean salted = random.nextBoolean();
    if (salted) {
      push(UInt256.of(random.nextInt(3)));
    }
    size();
    push(UInt256.of(random.nextInt(32)));
    push(UInt256.of(random.nextInt(5) == 0 ? 1 : 0));
    emit(salted ? CREATE2 : CREATE);
    height -= salted ? 3 : 2;
  }

  /** Counts down; the body leaves the stack as it was. */
  private void loop() {
    if (nesting >= NESTING_MAX) {
      return;
    }
    nesting++;
    push(UInt256.of(1 + random.nextInt(6)));
    int start = code.size();
    emit(JUMPDEST);
    int before = height;
    statements(1 + random.nextInt(6));
    restore(before);
    push(UInt256.ONE);
    emit(SWAP1);
    emit(SUB);
    height--;
    emit(DUP1);
    pushTarget(start);
    emit(JUMPI);
    emit(POP);
    height--;
    nesting--;
  }

  private void branch() {
    if (nesting >= NESTING_MAX) {
      return;
    }
    nesting++;
    operate(ISZERO, 1);
    int patch = code.size();
    pushTarget(0);
    emit(JUMPI);
    height--;
    int before = height;
    statements(1 + random.nextInt(4));
    restore(before);
    patch(patch, code.size());
    emit(JUMPDEST);
    nesting--;
  }

  private void restore(int wanted) {
    for (; height > wanted; height--) {
      emit(POP);
    }
    while (height < wanted) {
      push(word());
    }
  }

  private void pushTarget(int target) {
    emit(PUSH1 + 1);
    code.write(target >> 8);
    code.write(target);
  }

  private void patch(int at, int target) {
    byte[] all = code.toByteArray();
    all[at + 1] = (byte) (target >> 8);
    all[at + 2] = (byte) target;
    code.reset();
    code.writeBytes(all);
  }

  private void log() {
    int topics = random.nextInt(5);
    for (int i = 0; i < topics; i++) {
      push(word());
    }
    size();
    offset();
    emit(LOG0 + topics);
    height -= topics + 2;
  }

  /** What well-behaved code does not have. */
  private void odd() {
    switch (random.nextInt(8)) {
      case 0 -> emit(random.nextInt(256));
      case 1 -> emit(PUSH1 + random.nextInt(32)); // its data is what follows
      case 2 -> {
        push(word());
        emit(JUMP);
      }
      case 3 -> emit(STOP);
      case 4 -> {
        address();
        emit(SELFDESTRUCT);
      }
      default -> end();
    }
  }

  private void end() {
    size();
    offset();
    emit(random.nextInt(5) == 0 ? REVERT : RETURN);
    height -= 2;
  }

  private void offset() {
    int kind = random.nextInt(400);
    push(kind == 0 ? word() : UInt256.of(kind < 20 ? random.nextInt(5_000) : random.nextInt(200)));
  }

  private void size() {
    int kind = random.nextInt(400);
    push(kind == 0 ? word() : UInt256.of(kind < 20 ? random.nextInt(5_000) : random.nextInt(100)));
  }

  private void address() {
    int kind = random.nextInt(10);
    if (kind < 7) {
      push(UInt256.fromBytes(accounts.get(random.nextInt(accounts.size())).toArray()));
    } else if (kind < 9) {
      push(UInt256.of(1 + random.nextInt(20)));
    } else {
      emit(random.nextBoolean() ? ADDRESS : CALLER);
      height++;
    }
  }

  private UInt256 word() {
    return EdgeValues.next(random);
  }

  private void push(UInt256 word) {
    byte[] bytes = word.toMinimalBytes();
    int width = Math.max(bytes.length, random.nextInt(8) == 0 ? 1 + random.nextInt(32) : 1);
    emit(PUSH1 + width - 1);
    code.writeBytes(new byte[width - bytes.length]);
    code.writeBytes(bytes);
    height++;
  }

  private void emit(int opcode) {
    code.write(opcode);
  }

  private int pick(int[] opcodes) {
    return opcodes[random.nextInt(opcodes.length)];
  }

  /** Words where arithmetic goes wrong first. */
  static final class EdgeValues {
    private EdgeValues() {}

    static UInt256 next(Random random) {
      return switch (random.nextInt(6)) {
        case 0 -> UInt256.of(random.nextInt(4));
        case 1 -> UInt256.of(random.nextInt(300));
        case 2 -> near(BigInteger.ONE.shiftLeft(32 * random.nextInt(9)), random);
        case 3 -> near(BigInteger.ONE.shiftLeft(random.nextInt(256)), random);
        case 4 -> new Sparse(random).word();
        default -> UInt256.of(new BigInteger(random.nextInt(257), random));
      };
    }

    private static UInt256 near(BigInteger value, Random random) {
      BigInteger moved = value.add(BigInteger.valueOf(random.nextInt(5) - 2));
      BigInteger word = moved.mod(BigInteger.ONE.shiftLeft(256));
      return UInt256.of(
          random.nextBoolean() ? word : word.not().mod(BigInteger.ONE.shiftLeft(256)));
    }

    /** Limbs that are all zeros, all ones or by chance. */
    private record Sparse(Random random) {
      UInt256 word() {
        return UInt256.ofWords(limb(), limb(), limb(), limb());
      }

      private long limb() {
        return switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> -1;
          case 2 -> Long.MIN_VALUE;
          default -> random.nextLong();
        };
      }
    }
  }
}
