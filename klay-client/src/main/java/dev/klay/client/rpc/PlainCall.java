package dev.klay.client.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.CreatedAccessList;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.evm.HaltReason;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.TransactionReader;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What calls came to by the answer that every node gives: the output alone. Gas and logs are not
 * told and come out as zero and none.
 */
final class PlainCall {
  /** Klaytn's status of a revert. */
  private static final int REVERTED = 0x09;

  private static final int SUCCESS = 1;

  private PlainCall() {}

  static CallResult result(RpcAnswer answer) {
    Optional<CallResult> failed = answer.failure().flatMap(PlainCall::failed);
    return failed.orElseGet(
        () ->
            result(
                ExecutionResult.Status.SUCCESS,
                Optional.empty(),
                SUCCESS,
                Bytes.fromHex(answer.required().asText())));
  }

  static GasEstimate estimate(RpcAnswer answer) {
    Optional<CallResult> failed = answer.failure().flatMap(PlainCall::failed);
    if (failed.isPresent()) {
      return new GasEstimate.Failing(0, failed.orElseThrow());
    }
    CallResult success =
        result(ExecutionResult.Status.SUCCESS, Optional.empty(), SUCCESS, Bytes.EMPTY);
    return new GasEstimate.Sufficient(Quantity.parseLong(answer.required()), success);
  }

  static CreatedAccessList accessList(RpcAnswer answer) {
    JsonNode json = answer.required();
    return new CreatedAccessList(
        TransactionReader.accessList(json.path("accessList")),
        result(ExecutionResult.Status.SUCCESS, Optional.empty(), SUCCESS, Bytes.EMPTY));
  }

  /** Nodes say that code failed by a code, by data, or, before Klaytn 1.8, by words alone. */
  private static Optional<CallResult> failed(RpcAnswer.Failure failure) {
    String text = failure.message().toLowerCase(Locale.ROOT);
    if (failure.code() == RpcErrorException.REVERTED || text.contains("revert")) {
      Bytes data =
          failure.data().isTextual() ? Bytes.fromHex(failure.data().textValue()) : Bytes.EMPTY;
      return Optional.of(result(ExecutionResult.Status.REVERT, Optional.empty(), REVERTED, data));
    }
    if (text.contains("out of gas") || text.contains("exceeds allowance")) {
      return Optional.of(
          result(
              ExecutionResult.Status.HALT,
              Optional.of(HaltReason.OUT_OF_GAS),
              HaltReason.OUT_OF_GAS.receiptStatus(),
              Bytes.EMPTY));
    }
    return Optional.empty();
  }

  private static CallResult result(
      ExecutionResult.Status status, Optional<HaltReason> halt, int receiptStatus, Bytes output) {
    return new CallResult(status, halt, receiptStatus, output, 0, 0, List.of(), Optional.empty());
  }
}
