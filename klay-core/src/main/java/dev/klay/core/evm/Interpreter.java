package dev.klay.core.evm;

import static dev.klay.core.evm.Opcodes.*;

/**
 * The loop. What is frequent and small is here; the rest is in {@link Operations}, so that this
 * method stays below the 8,000 bytecodes beyond which HotSpot does not compile it. Its gas is what
 * the frame has above its floor, so that one test of the sign finds the end of both.
 */
final class Interpreter {
  /** How {@link #run} ends. */
  static final int RETURNED = 0;

  static final int REVERTED = 1;
  static final int HALTED = 2;

  /** A message follows; the frame goes on when it is done. */
  static final int CALLING = 3;

  private final EvmRules rules;
  private final Division division = new Division();
  private final int[] gasOf;
  private final int[] costOf;
  private final long costMax;
  private final Operations operations;
  private final Tracing tracing;

  /**
   * Above this computation cost the loop looks up: at the limit, or at every opcode if it is
   * traced. So a tracer that is not there costs nothing.
   */
  private final long pauseAt;

  private long cost;

  Interpreter(EvmRules rules, Operations operations, Tracing tracing) {
    this.rules = rules;
    this.gasOf = rules.gas;
    this.costOf = rules.cost;
    this.costMax = rules.costMax;
    this.operations = operations;
    this.tracing = tracing;
    this.pauseAt = tracing.isOn() ? -1 : costMax;
  }

  /** Counts computation cost outside of opcodes. */
  void addCost(long more) {
    cost += more;
  }

  static int halt(Frame f, HaltReason reason) {
    f.halt = reason;
    f.gasAtHalt = f.gas;
    f.gas = 0;
    return HALTED;
  }

  /** Halts an opcode whose gas is not yet taken from the frame. */
  private static int halt(Frame f, HaltReason reason, long gas) {
    f.gas = gas + f.floor;
    return halt(f, reason);
  }

  /** Halts an opcode for which there was not enough. */
  private static int outOfGas(Frame f, long gas) {
    if (gas + f.floor >= 0) {
      throw new BudgetSpentException();
    }
    return halt(f, HaltReason.OUT_OF_GAS, gas);
  }

  private static void stand(Frame f, int pc, int sp, long gas) {
    f.pc = pc;
    f.sp = sp;
    f.gas = gas + f.floor;
  }

  private boolean isRefused(int sp, long gas, int op) {
    return gasOf[op] < 0 || sp < NEEDED[op] || sp > ALLOWED[op] || gas < 0;
  }

  /** Halts before the opcode does anything. */
  private int refuse(Frame f, int pc, int sp, long gas, int op) {
    stand(f, pc, sp, gas);
    HaltReason reason = refusal(f, op);
    tracing.refused(f, op, totals(op), reason);
    return halt(f, reason);
  }

  private HaltReason refusal(Frame f, int op) {
    if (gasOf[op] < 0) {
      return HaltReason.INVALID_OPCODE;
    }
    if (f.sp < NEEDED[op]) {
      return HaltReason.STACK_UNDERFLOW;
    }
    if (f.sp > ALLOWED[op]) {
      return HaltReason.STACK_OVERFLOW;
    }
    if (f.gas < gasOf[op]) {
      return HaltReason.OUT_OF_GAS;
    }
    if (cost > costMax) {
      return HaltReason.COMPUTATION_COST;
    }
    throw new BudgetSpentException();
  }

  private Step.Totals totals(int op) {
    return new Step.Totals(Math.max(0, gasOf[op]), operations.refund(), costOf[op], costMax - cost);
  }

  int run(Frame f) {
    final byte[] code = f.code.unsafePadded();
    final BasicBlocks blocks = BasicBlocks.of(f.code, rules);
    final long[] s = f.stack;
    final long pauseAt = this.pauseAt;
    int sp = f.sp;
    int pc = f.pc;
    long gas = f.gas - f.floor;
    long cost = this.cost;
    // Whether opcodes are checked one by one: when traced, or when a block cannot run to its end.
    boolean careful = tracing.isOn();
    blocks:
    while (true) {
      final int start = pc;
      if (!careful) {
        long block = blocks.at(start);
        gas -= BasicBlocks.gas(block);
        cost += BasicBlocks.cost(block);
        if (gas < 0 || !BasicBlocks.fits(block, sp) || cost > pauseAt) {
          gas += BasicBlocks.gas(block);
          cost -= BasicBlocks.cost(block);
          careful = true;
        }
      }
      while (true) {
        int op = code[pc] & 0xff;
        if (careful) {
          int price = gasOf[op];
          gas -= price;
          cost += costOf[op];
          if (price < 0 || sp < NEEDED[op] || sp > ALLOWED[op] || gas < 0 || cost > pauseAt) {
            this.cost = cost;
            if (cost > costMax || isRefused(sp, gas, op)) {
              return refuse(f, pc, sp, gas + price, op);
            }
            stand(f, pc, sp, gas + price);
            tracing.step(f, op, totals(op));
          }
        }
        switch (op) {
          case STOP:
            f.gas = gas + f.floor;
            return RETURNED;
          case ADD:
            sp--;
            Words.add(s, sp, sp - 1);
            break;
          case MUL:
            sp--;
            Words.mul(s, sp, sp - 1);
            break;
          case SUB:
            sp--;
            Words.sub(s, sp, sp - 1);
            break;
          case DIV:
            sp--;
            division.div(s, sp, sp - 1);
            break;
          case SDIV:
            sp--;
            division.sdiv(s, sp, sp - 1);
            break;
          case MOD:
            sp--;
            division.mod(s, sp, sp - 1);
            break;
          case SMOD:
            sp--;
            division.smod(s, sp, sp - 1);
            break;
          case ADDMOD:
            sp -= 2;
            division.addmod(s, sp + 1, sp, sp - 1);
            break;
          case MULMOD:
            sp -= 2;
            division.mulmod(s, sp + 1, sp, sp - 1);
            break;
          case SIGNEXTEND:
            sp--;
            Words.signExtend(s, sp, sp - 1);
            break;
          case LT:
            sp--;
            Words.set(s, sp - 1, Words.compare(s, sp, sp - 1) < 0 ? 1 : 0);
            break;
          case GT:
            sp--;
            Words.set(s, sp - 1, Words.compare(s, sp, sp - 1) > 0 ? 1 : 0);
            break;
          case SLT:
            sp--;
            Words.set(s, sp - 1, Words.compareSigned(s, sp, sp - 1) < 0 ? 1 : 0);
            break;
          case SGT:
            sp--;
            Words.set(s, sp - 1, Words.compareSigned(s, sp, sp - 1) > 0 ? 1 : 0);
            break;
          case EQ:
            sp--;
            Words.set(s, sp - 1, Words.compare(s, sp, sp - 1) == 0 ? 1 : 0);
            break;
          case ISZERO:
            Words.set(s, sp - 1, Words.isZero(s, sp - 1) ? 1 : 0);
            break;
          case AND:
            {
              sp--;
              int i = sp << 2;
              s[i - 4] &= s[i];
              s[i - 3] &= s[i + 1];
              s[i - 2] &= s[i + 2];
              s[i - 1] &= s[i + 3];
              break;
            }
          case OR:
            {
              sp--;
              int i = sp << 2;
              s[i - 4] |= s[i];
              s[i - 3] |= s[i + 1];
              s[i - 2] |= s[i + 2];
              s[i - 1] |= s[i + 3];
              break;
            }
          case XOR:
            {
              sp--;
              int i = sp << 2;
              s[i - 4] ^= s[i];
              s[i - 3] ^= s[i + 1];
              s[i - 2] ^= s[i + 2];
              s[i - 1] ^= s[i + 3];
              break;
            }
          case NOT:
            {
              int i = sp - 1 << 2;
              s[i] = ~s[i];
              s[i + 1] = ~s[i + 1];
              s[i + 2] = ~s[i + 2];
              s[i + 3] = ~s[i + 3];
              break;
            }
          case BYTE:
            sp--;
            Words.byteAt(s, sp, sp - 1);
            break;
          case SHL:
            sp--;
            Words.shiftLeft(s, sp, sp - 1);
            break;
          case SHR:
            sp--;
            Words.shiftRight(s, sp, sp - 1, false);
            break;
          case SAR:
            sp--;
            Words.shiftRight(s, sp, sp - 1, true);
            break;
          case POP:
            sp--;
            break;
          case MLOAD:
            {
              long offset = Words.clamp(s, sp - 1);
              long due = f.memory.expansionGas(offset, 32);
              if (due > gas) {
                if (careful) {
                  return outOfGas(f, gas - due);
                }
                careful = true;
                gas += blocks.unspentGas(f.code, start, pc);
                cost -= blocks.unspentCost(f.code, start, pc);
                continue;
              }
              gas -= due;
              f.memory.expand(offset, 32);
              Words.load(s, sp - 1, f.memory.data(), (int) offset);
              break;
            }
          case MSTORE:
            {
              long offset = Words.clamp(s, sp - 1);
              long due = f.memory.expansionGas(offset, 32);
              if (due > gas) {
                if (careful) {
                  return outOfGas(f, gas - due);
                }
                careful = true;
                gas += blocks.unspentGas(f.code, start, pc);
                cost -= blocks.unspentCost(f.code, start, pc);
                continue;
              }
              gas -= due;
              sp -= 2;
              f.memory.expand(offset, 32);
              Words.store(s, sp, f.memory.data(), (int) offset);
              break;
            }
          case MSTORE8:
            {
              long offset = Words.clamp(s, sp - 1);
              long due = f.memory.expansionGas(offset, 1);
              if (due > gas) {
                if (careful) {
                  return outOfGas(f, gas - due);
                }
                careful = true;
                gas += blocks.unspentGas(f.code, start, pc);
                cost -= blocks.unspentCost(f.code, start, pc);
                continue;
              }
              gas -= due;
              sp -= 2;
              f.memory.expand(offset, 1);
              f.memory.data()[(int) offset] = (byte) s[sp << 2];
              break;
            }
          case JUMP:
            {
              sp--;
              long target = Words.clamp(s, sp);
              if (!f.code.isJumpTarget(target)) {
                return halt(f, HaltReason.INVALID_JUMP, gas);
              }
              pc = (int) target;
              continue blocks;
            }
          case JUMPI:
            {
              sp -= 2;
              if (Words.isZero(s, sp)) {
                pc++;
                continue blocks;
              }
              long target = Words.clamp(s, sp + 1);
              if (!f.code.isJumpTarget(target)) {
                return halt(f, HaltReason.INVALID_JUMP, gas);
              }
              pc = (int) target;
              continue blocks;
            }
          case JUMPDEST:
            break;
          case PC:
            Words.set(s, sp++, pc);
            break;
          case MSIZE:
            Words.set(s, sp++, f.memory.size());
            break;
          case PUSH0:
            Words.zero(s, sp++);
            break;
          case PUSH1:
            Words.set(s, sp++, code[pc + 1] & 0xff);
            pc++;
            break;
          default:
            if (op > PUSH1 && op <= PUSH32) {
              int n = op - PUSH1 + 1;
              Words.push(s, sp++, code, pc + 1, n);
              pc += n;
            } else if (op >= DUP1 && op <= DUP16) {
              Words.copy(s, sp - 1 - (op - DUP1), sp);
              sp++;
            } else if (op >= SWAP1 && op <= SWAP16) {
              Words.swap(s, sp - 1, sp - 2 - (op - SWAP1));
            } else {
              boolean boundary = BasicBlocks.isBoundary(op);
              if (boundary && !careful) {
                int price = gasOf[op];
                gas -= price;
                cost += costOf[op];
                if (cost > pauseAt || isRefused(sp, gas, op)) {
                  gas += price;
                  cost -= costOf[op];
                  careful = true;
                  continue;
                }
              }
              stand(f, pc + 1, sp, gas);
              this.cost = cost;
              int outcome = operations.perform(op, f);
              if (outcome != Operations.NEXT) {
                return outcome;
              }
              gas = f.gas - f.floor;
              sp = f.sp;
              cost = this.cost;
              if (boundary) {
                pc++;
                continue blocks;
              }
            }
        }
        pc++;
      }
    }
  }
}
