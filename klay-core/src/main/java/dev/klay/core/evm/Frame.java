package dev.klay.core.evm;

import dev.klay.core.account.ExecutableCode;
import dev.klay.core.evm.precompile.CallData;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import org.jspecify.annotations.Nullable;

/** One call or creation that runs. Reused, depth by depth, so that nothing is allocated again. */
final class Frame {
  static final byte[] NO_DATA = new byte[0];

  final long[] stack = new long[4 * Opcodes.STACK_MAX];
  final int depth;
  Memory memory = new Memory();

  // What runs

  ExecutableCode code = ExecutableCode.EMPTY;
  boolean isCreation;

  /** Runs in the caller's stead: DELEGATECALL and CALLCODE. */
  Address address = Address.ZERO;

  Address caller = Address.ZERO;
  UInt256 value = UInt256.ZERO;
  CallData input = CallData.EMPTY;
  boolean isStatic;

  /** Whether the code was deployed before Istanbul, and so keeps the old precompiles. */
  boolean isOldContract;

  // Where it stands

  int pc;
  int sp;
  long gas;

  /** With less gas than this, a {@link GasBudget} is spent. 0 where there is none. */
  long floor;

  long gasAtStart;

  /** Before the opcode that runs; negative if its cost was told. Of traced frames only. */
  long gasAtStep;

  /** The static part of what that opcode costs. */
  long priceAtStep;

  /** What was left when it halted; negative if it could not pay. */
  long gasAtHalt;

  byte[] returnData = NO_DATA;

  // What it comes to

  byte[] output = NO_DATA;
  @Nullable HaltReason halt;

  // What to go back to

  int snapshot;
  int logCount;
  long refund;

  /** Where the caller wants the output. */
  int outputOffset;

  int outputSize;

  Frame(int depth) {
    this.depth = depth;
  }

  /** The floor of a frame that is started with gas of this one's, which was taken off already. */
  long floorWithin() {
    return Math.max(0, floor - gas);
  }

  /** Ready for another message. */
  void reset() {
    memory = new Memory();
    isCreation = false;
    pc = 0;
    sp = 0;
    returnData = NO_DATA;
    output = NO_DATA;
    halt = null;
    gasAtStep = -1;
    outputOffset = 0;
    outputSize = 0;
  }
}
