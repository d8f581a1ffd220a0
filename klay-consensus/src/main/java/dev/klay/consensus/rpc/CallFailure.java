package dev.klay.consensus.rpc;

import dev.klay.core.call.CallResult;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.evm.HaltReason;
import dev.klay.core.evm.trace.HaltTexts;
import dev.klay.core.evm.trace.RevertReason;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;

/** How failed calls are answered, so that tools decode them: code 3 and the revert data. */
final class CallFailure {
  /** Klaytn's words. */
  private static final String REVERTED = "evm: execution reverted";

  private CallFailure() {}

  /**
   * Throws what a failed call is answered with.
   *
   * @throws RpcException unless the call succeeded
   */
  static void refuse(CallResult result) {
    if (!result.isSuccess()) {
      throw of(result);
    }
  }

  private static RpcException of(CallResult result) {
    if (!result.isRevert()) {
      return RpcException.refused(text(result).orElse("the call failed"));
    }
    if (result.output().isEmpty()) {
      return new RpcException(RpcError.withData(RpcError.SERVER, REVERTED, Bytes.EMPTY));
    }
    return new RpcException(
        RpcError.withData(RpcError.REVERTED, revertMessage(result), result.output()));
  }

  /** Ethereum's words for a revert, with its reason if it is a text. */
  static String revertMessage(CallResult result) {
    RevertReason reason = RevertReason.decode(result.output());
    return reason.kind() == RevertReason.Kind.MESSAGE
        ? "execution reverted: " + reason.text()
        : "execution reverted";
  }

  /** What an estimate is answered with if no limit suffices. */
  static RpcException ofEstimate(GasEstimate.Failing failing) {
    boolean outOfGas =
        failing
            .result()
            .halt()
            .filter(r -> r == HaltReason.OUT_OF_GAS || r == HaltReason.REENTRANCY_SENTRY)
            .isPresent();
    return outOfGas
        ? RpcException.refused("gas required exceeds allowance (" + failing.limit() + ")")
        : of(failing.result());
  }

  /** The failure in one line; empty if there was none. */
  static Optional<String> text(CallResult result) {
    if (result.isSuccess()) {
      return Optional.empty();
    }
    return Optional.of(
        result.isRevert()
            ? REVERTED
            : result
                .halt()
                .map(HaltTexts::of)
                .orElse("the transaction fails with status 0x" + hex(result)));
  }

  private static String hex(CallResult result) {
    return Integer.toHexString(result.receiptStatus());
  }
}
