package dev.klay.core.evm;

import dev.klay.core.state.StateView;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.Optional;

/** One opcode of one frame as a {@link Tracer} sees it. Valid during the callback only. */
public final class Step {
  /** More than any rules allow that limit it at all (EIP-3860). */
  private static final int INIT_CODE_MAX = 1 << 17;

  private final Frame frame;
  private final StateView state;
  private final int opcode;
  private final Totals totals;
  private final Optional<HaltReason> halt;

  /**
   * What is counted over all frames.
   *
   * @param price static gas of the opcode
   * @param refund collected before it
   * @param computationCost of the opcode
   * @param computationLeft after it
   */
  record Totals(long price, long refund, long computationCost, long computationLeft) {}

  Step(Frame frame, StateView state, int opcode, Totals totals, Optional<HaltReason> halt) {
    this.frame = frame;
    this.state = state;
    this.opcode = opcode;
    this.totals = totals;
    this.halt = halt;
  }

  /** Where in the code. */
  public int pc() {
    return frame.pc;
  }

  /** 0 to 255. */
  public int opcode() {
    return opcode;
  }

  /** Such as {@code PUSH1}. */
  public String mnemonic() {
    return Mnemonics.of(opcode);
  }

  /** Gas before the opcode is paid for. */
  public long gas() {
    return frame.gas;
  }

  /** The static part of what it costs; the whole is told by {@link Tracer#onCost}. */
  public long price() {
    return totals.price();
  }

  /** Klaytn's computation cost of the opcode; 0 by Ethereum's rules. */
  public long computationCost() {
    return totals.computationCost();
  }

  /** What is left of the limit on computation cost after the opcode. */
  public long computationLeft() {
    return totals.computationLeft();
  }

  /** 0 for the outermost frame. */
  public int depth() {
    return frame.depth;
  }

  /** Words that the opcode takes from the stack. */
  public int stackNeeded() {
    return Opcodes.NEEDED[opcode];
  }

  /** Words that may be on the stack at most for the opcode's result to fit. */
  public int stackAllowed() {
    return Opcodes.ALLOWED[opcode];
  }

  /** Words on the stack, 0 to 1024. */
  public int stackSize() {
    return frame.sp;
  }

  /**
   * A word of the stack.
   *
   * @param fromTop 0 for the top
   */
  public UInt256 stack(int fromTop) {
    if (fromTop < 0 || fromTop >= frame.sp) {
      throw new IndexOutOfBoundsException(fromTop + " of " + frame.sp + " words");
    }
    return Words.get(frame.stack, frame.sp - 1 - fromTop);
  }

  /**
   * The address of the contract that CREATE or CREATE2 asks for; empty for other opcodes, and for
   * init code that no rules allow and nobody pays for.
   */
  public Optional<Address> creates() {
    if (frame.sp < Opcodes.NEEDED[opcode]) {
      return Optional.empty();
    }
    if (opcode == Opcodes.CREATE) {
      return Optional.of(CallOperations.addressOf(frame.address, state.nonce(frame.address)));
    }
    int top = frame.sp - 1;
    if (opcode != Opcodes.CREATE2 || Words.clamp(frame.stack, top - 2) > INIT_CODE_MAX) {
      return Optional.empty();
    }
    long offset = Words.clamp(frame.stack, top - 1);
    Bytes initCode = memory(offset, (int) Words.clamp(frame.stack, top - 2));
    return Optional.of(
        CallOperations.addressOf(
            frame.address, Words.get(frame.stack, top - 3), initCode.unsafeArray()));
  }

  /** A copy of the memory, a multiple of 32 bytes. */
  public Bytes memory() {
    return Bytes.wrap(frame.memory.read(0, frame.memory.size()));
  }

  /** Bytes of memory in use. */
  public int memorySize() {
    return frame.memory.size();
  }

  /** A copy of a range of memory; what is behind its end is zero. */
  public Bytes memory(long offset, int length) {
    byte[] result = new byte[length];
    long available = Math.min(length, frame.memory.size() - offset);
    if (available > 0) {
      System.arraycopy(frame.memory.data(), (int) offset, result, 0, (int) available);
    }
    return Bytes.wrap(result);
  }

  /** What the last call of this frame gave back. */
  public Bytes returnData() {
    return Bytes.wrap(frame.returnData);
  }

  /** The account on whose state the code works. */
  public Address address() {
    return frame.address;
  }

  /** Who called it. */
  public Address caller() {
    return frame.caller;
  }

  /** Refund collected so far in the transaction. */
  public long refund() {
    return totals.refund();
  }

  /** Why the opcode halts the frame without having done anything; empty if it runs. */
  public Optional<HaltReason> halt() {
    return halt;
  }

  /** The state before the opcode. */
  public StateView state() {
    return state;
  }
}
