package dev.klay.core.call;

import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.block.Log;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.evm.HaltReason;
import dev.klay.core.execution.TransactionEffects;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What a call came to. A failed one is a result like any other.
 *
 * @param status success, revert, or halt; a transaction that runs no code and fails counts as a
 *     halt
 * @param halt why code halted; empty otherwise
 * @param receiptStatus 1 for success, else Klaytn's number of the reason
 * @param output what the code returned, or the revert data
 * @param gasUsed intrinsic gas included, refunds taken off
 * @param gasRefunded of the gas used before; negative where a floor was due (EIP-7623)
 * @param logs none unless it succeeded
 * @param contract the address of a creation, whether it succeeded or not
 */
public record CallResult(
    ExecutionResult.Status status,
    Optional<HaltReason> halt,
    int receiptStatus,
    Bytes output,
    long gasUsed,
    long gasRefunded,
    List<Log> logs,
    Optional<Address> contract) {
  public CallResult {
    logs = List.copyOf(logs);
  }

  static CallResult of(TransactionEffects.Effect effect) {
    ExecutionResult.Status withoutCode =
        effect.status() == ConsensusReceipt.SUCCESS
            ? ExecutionResult.Status.SUCCESS
            : ExecutionResult.Status.HALT;
    return new CallResult(
        effect.result().map(ExecutionResult::status).orElse(withoutCode),
        effect.result().flatMap(ExecutionResult::halt),
        effect.status(),
        effect.result().map(ExecutionResult::output).orElse(Bytes.EMPTY),
        effect.gasUsed(),
        effect.refunded(),
        effect.logs(),
        effect.result().flatMap(ExecutionResult::created));
  }

  public boolean isSuccess() {
    return status == ExecutionResult.Status.SUCCESS;
  }

  /** Whether the code took everything back by itself; then the output is the revert data. */
  public boolean isRevert() {
    return status == ExecutionResult.Status.REVERT;
  }
}
