package dev.klay.core.evm;

import static dev.klay.core.evm.Opcodes.*;

import dev.klay.core.account.ExecutableCode;
import java.util.Arrays;

/**
 * The basic blocks of a code under one set of rules: what their opcodes cost and ask of the stack
 * together, so that the loop checks once a block instead of once an opcode. A block is a straight
 * run of opcodes whose gas is known beforehand, up to a jump or to the next {@link #isBoundary
 * boundary}: opcodes whose gas depends on what they work on, or who look at the gas that is left,
 * are checked one by one. A jump target within a run starts a block of its own, for who jumps
 * there; who comes from above has paid for it already. Where a block's check fails the loop goes on
 * opcode by opcode, and so halts where and why it must.
 *
 * <p>One long for a block: 20 bits of gas, 11 of words that must be on the stack, 11 of words that
 * may be, 22 of computation cost. What does not fit is all ones, which no stack meets.
 */
final class BasicBlocks implements ExecutableCode.Attachment {
  private static final int GAS_SHIFT = 44;
  private static final int NEEDED_SHIFT = 33;
  private static final int ALLOWED_SHIFT = 22;
  private static final int WORDS_MASK = 0x7ff;
  private static final long COST_MASK = 0x3f_ffff;
  private static final long GAS_MAX = 0xf_ffff;
  private static final long NEVER = -1;

  private static final boolean[] BOUNDARY = new boolean[256];

  static {
    Arrays.fill(BOUNDARY, true); // also what is not defined
    straight(ADD, SIGNEXTEND);
    straight(LT, CLZ);
    straight(ADDRESS, CALLDATASIZE);
    straight(CODESIZE, CODESIZE);
    straight(GASPRICE, GASPRICE);
    straight(RETURNDATASIZE, RETURNDATASIZE);
    straight(BLOCKHASH, BLOBBASEFEE);
    straight(POP, MSTORE8);
    straight(JUMP, MSIZE);
    straight(JUMPDEST, JUMPDEST);
    straight(PUSH0, SWAP16);
    straight(STOP, STOP);
    BOUNDARY[EXP] = true;
    BOUNDARY[BALANCE] = true;
  }

  private final EvmRules rules;

  /** The pcs where blocks start, a bit each, and how many start before each 64 of them. */
  private final long[] starts;

  private final int[] before;
  private final long[] blocks;

  private static void straight(int first, int last) {
    Arrays.fill(BOUNDARY, first, last + 1, false);
  }

  static boolean isBoundary(int op) {
    return BOUNDARY[op];
  }

  /** The blocks of a code; made once and kept with it while the rules stay. */
  static BasicBlocks of(ExecutableCode code, EvmRules rules) {
    if (code.attachment() instanceof BasicBlocks known && known.rules.gas == rules.gas) {
      return known;
    }
    BasicBlocks made = new BasicBlocks(code, rules);
    code.attach(made);
    return made;
  }

  private BasicBlocks(ExecutableCode code, EvmRules rules) {
    this.rules = rules;
    int length = code.length() + 2;
    byte[] bytes = code.unsafePadded();
    starts = new long[(length >> 6) + 1];
    before = new int[starts.length];
    long[] found = new long[16];
    int count = 0;
    int[] run = new int[length];
    for (int pc = 0; pc < length; ) {
      int size = run(bytes, pc, length, run);
      int heads = Math.max(1, startsOf(bytes, run, size));
      if (count + heads > found.length) {
        found = Arrays.copyOf(found, 2 * (count + heads));
      }
      count += heads;
      priceRun(bytes, run, size, found, count);
      mark(pc);
      int last = size == 0 ? -1 : run[size - 1];
      int end = last < 0 ? pc : next(last, bytes[last] & 0xff);
      // A boundary stands between runs, a jump at the end of one.
      pc = last >= 0 && isExit(bytes[last] & 0xff) ? end : end + 1;
    }
    blocks = Arrays.copyOf(found, count);
    for (int i = 1; i < before.length; i++) {
      before[i] = before[i - 1] + Long.bitCount(starts[i - 1]);
    }
  }

  private void mark(int pc) {
    starts[pc >> 6] |= 1L << pc;
  }

  /** Finds the opcodes of the run that starts at a pc; their number. */
  private static int run(byte[] code, int start, int length, int[] run) {
    int size = 0;
    for (int pc = start; pc < length && !BOUNDARY[code[pc] & 0xff]; ) {
      run[size++] = pc;
      if (isExit(code[pc] & 0xff)) {
        break;
      }
      pc = next(pc, code[pc] & 0xff);
    }
    return size;
  }

  /** How many blocks start in a run: at its first opcode and at jump targets. */
  private static int startsOf(byte[] code, int[] run, int size) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += i == 0 || code[run[i]] == JUMPDEST ? 1 : 0;
    }
    return count;
  }

  /** Prices the blocks of a run from its end to its start; all of them end where the run ends. */
  private void priceRun(byte[] code, int[] run, int size, long[] found, int end) {
    int place = end;
    Price price = new Price();
    for (int i = size - 1; i >= 0; i--) {
      int op = code[run[i]] & 0xff;
      price.prepend(rules, op);
      if (i == 0 || op == JUMPDEST) {
        found[--place] = price.packed();
        mark(run[i]);
      }
    }
    if (size == 0) {
      found[--place] = price.packed();
    }
  }

  private static boolean isExit(int op) {
    return op == JUMP || op == JUMPI || op == STOP;
  }

  private static int next(int pc, int op) {
    return op >= PUSH1 && op <= PUSH32 ? pc + op - PUSH1 + 2 : pc + 1;
  }

  /** What a straight run comes to, taken together from its end. */
  private static final class Price {
    private long gas;
    private long cost;
    private int needed;
    private int allowed = STACK_MAX;
    private boolean valid = true;

    void prepend(EvmRules rules, int op) {
      valid &= rules.gas[op] >= 0;
      gas += rules.gas[op];
      cost += rules.cost[op];
      needed = Math.max(NEEDED[op], needed - GROWTH[op]);
      allowed = Math.min(ALLOWED[op], allowed - GROWTH[op]);
    }

    long packed() {
      boolean fits =
          valid && gas <= GAS_MAX && cost <= COST_MASK && allowed >= 0 && needed <= STACK_MAX;
      return fits
          ? gas << GAS_SHIFT
              | (long) needed << NEEDED_SHIFT
              | (long) allowed << ALLOWED_SHIFT
              | cost
          : NEVER;
    }
  }

  /** The block that starts at a pc: behind a boundary or jump, at a jump target or the start. */
  long at(int pc) {
    int i = pc >> 6;
    return blocks[before[i] + Long.bitCount(starts[i] & (1L << pc) - 1)];
  }

  static long gas(long block) {
    return block >>> GAS_SHIFT;
  }

  static long cost(long block) {
    return block & COST_MASK;
  }

  static boolean fits(long block, int stackSize) {
    return stackSize >= (int) (block >>> NEEDED_SHIFT & WORDS_MASK)
        && stackSize <= (int) (block >>> ALLOWED_SHIFT & WORDS_MASK);
  }

  /**
   * What of a block's gas belongs to the opcodes from one within it on. Walks over those before it,
   * which were executed, so that nobody gets this work for less than its gas.
   */
  long unspentGas(ExecutableCode code, int start, int pc) {
    byte[] bytes = code.unsafePadded();
    long unspent = gas(at(start));
    for (int p = start; p < pc; p = next(p, bytes[p] & 0xff)) {
      unspent -= rules.gas[bytes[p] & 0xff];
    }
    return unspent;
  }

  /** The same of its computation cost. */
  long unspentCost(ExecutableCode code, int start, int pc) {
    byte[] bytes = code.unsafePadded();
    long unspent = cost(at(start));
    for (int p = start; p < pc; p = next(p, bytes[p] & 0xff)) {
      unspent -= rules.cost[bytes[p] & 0xff];
    }
    return unspent;
  }
}
