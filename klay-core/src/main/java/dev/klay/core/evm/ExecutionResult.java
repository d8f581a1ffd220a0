package dev.klay.core.evm;

import dev.klay.core.block.Log;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What a message came to.
 *
 * @param status success, revert or halt
 * @param halt the reason of a halt
 * @param gasLeft of the message's gas
 * @param refund collected for cleared storage, not yet capped
 * @param output what the code returned, or the revert data
 * @param created the address of a creation, whether it succeeded or not
 * @param logs in their order
 */
public record ExecutionResult(
    Status status,
    Optional<HaltReason> halt,
    long gasLeft,
    long refund,
    Bytes output,
    Optional<Address> created,
    List<Log> logs) {
  /** How code can end. */
  public enum Status {
    SUCCESS,
    REVERT,
    HALT
  }

  public ExecutionResult {
    logs = List.copyOf(logs);
  }

  /** Success without any code. */
  static ExecutionResult plain(long gasLeft) {
    return new ExecutionResult(
        Status.SUCCESS, Optional.empty(), gasLeft, 0, Bytes.EMPTY, Optional.empty(), List.of());
  }

  public boolean isSuccess() {
    return status == Status.SUCCESS;
  }
}
