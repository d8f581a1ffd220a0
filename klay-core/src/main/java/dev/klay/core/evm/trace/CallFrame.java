package dev.klay.core.evm.trace;

import dev.klay.core.block.Log;
import dev.klay.core.evm.CallEnd;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.ExecutionResult.Status;
import dev.klay.core.evm.HaltReason;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * A call or creation with all that happened within.
 *
 * @param halted the opcode that was refused, if one was
 * @param ranCode whether any opcode was reached
 * @param window what the caller's memory then held where it wanted the output; kept on demand
 * @param calls in their order, refused ones and self-destructions included
 * @param logs that hold: none of a frame that failed, itself or around it
 */
public record CallFrame(
    CallStart start,
    CallEnd end,
    Optional<CodePosition> halted,
    boolean ranCode,
    Optional<Bytes> window,
    List<CallFrame> calls,
    List<CallLog> logs) {
  public CallFrame {
    calls = List.copyOf(calls);
    logs = List.copyOf(logs);
  }

  /**
   * A log in its place.
   *
   * @param index among the logs of the run that had not been taken back by then
   * @param position how many calls the frame had made before
   */
  public record CallLog(Log log, int index, int position) {}

  public boolean isSuccess() {
    return end.status() == Status.SUCCESS;
  }

  public boolean isCreation() {
    return start.kind() == CallStart.Kind.CREATE || start.kind() == CallStart.Kind.CREATE2;
  }

  /** Whether an opcode failed, rather than the start of the call or the storing of its code. */
  boolean failedInCode() {
    return end.status() == Status.REVERT
        || ranCode && end.halt().filter(CallFrame::isOfOpcodes).isPresent();
  }

  private static boolean isOfOpcodes(HaltReason reason) {
    return switch (reason) {
      case CODE_STORE_OUT_OF_GAS, CODE_TOO_LARGE, INVALID_CODE -> false;
      default -> true;
    };
  }
}
