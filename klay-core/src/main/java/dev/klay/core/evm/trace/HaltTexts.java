package dev.klay.core.evm.trace;

import dev.klay.core.evm.ExecutionResult.Status;
import dev.klay.core.evm.HaltReason;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.Locale;
import java.util.Optional;

/** How geth and Klaytn word the ends of calls; tools know them by their words. */
public final class HaltTexts {
  static final String REVERTED = "execution reverted";

  private HaltTexts() {}

  /** Geth's error of a call; empty if it succeeded. */
  static Optional<String> geth(CallFrame call) {
    if (call.end().status() == Status.REVERT) {
      return Optional.of(REVERTED);
    }
    return call.end()
        .halt()
        .map(
            reason ->
                reason == HaltReason.PRECOMPILE_FAILED
                    ? ofPrecompile(call.start().to(), call.start().input())
                    : geth(reason, call.halted()));
  }

  /** The error of a call that was halted, of which nothing else is known. */
  public static String of(HaltReason reason) {
    return reason == HaltReason.REENTRANCY_SENTRY
        ? geth(HaltReason.OUT_OF_GAS, Optional.empty())
        : geth(reason, Optional.empty());
  }

  /** Geth's error of a frame, or of the step that was refused in it. */
  static String geth(HaltReason reason, Optional<CodePosition> halted) {
    return switch (reason) {
      case OUT_OF_GAS -> "out of gas";
      case REENTRANCY_SENTRY -> "out of gas: not enough gas for reentrancy sentry";
      case INVALID_OPCODE -> "invalid opcode" + halted.map(at -> ": " + at.mnemonic()).orElse("");
      case STACK_UNDERFLOW -> "stack underflow" + halted.map(HaltTexts::missing).orElse("");
      case STACK_OVERFLOW ->
          "stack limit reached"
              + halted.map(at -> " " + at.stackSize() + " (" + at.stackAllowed() + ")").orElse("");
      case INVALID_JUMP -> "invalid jump destination";
      case WRITE_PROTECTION -> "write protection";
      case RETURN_DATA_OUT_OF_BOUNDS -> "return data out of bounds";
      case COMPUTATION_COST -> "reached the opcode computation cost limit";
      case CALL_DEPTH -> "max call depth exceeded";
      case INSUFFICIENT_BALANCE -> "insufficient balance for transfer";
      case NONCE_OVERFLOW -> "nonce uint64 overflow";
      case PRECOMPILE_FAILED -> "precompiled failed";
      case RESERVED_ADDRESS -> "the address is reserved for pre-compiled contracts";
      case ADDRESS_COLLISION -> "contract address collision";
      case CODE_STORE_OUT_OF_GAS -> "contract creation code storage out of gas";
      case CODE_TOO_LARGE -> "max code size exceeded";
      case INIT_CODE_TOO_LARGE -> "max initcode size exceeded";
      case INVALID_CODE -> "invalid code: must not begin with 0xef";
    };
  }

  private static String missing(CodePosition at) {
    return " (" + at.stackSize() + " <=> " + at.stackNeeded() + ")";
  }

  /** What geth says depends on the contract; where it has several words, on the size alone. */
  private static String ofPrecompile(Address contract, Bytes input) {
    byte[] address = contract.toArray();
    int size = input.size();
    return switch (address[Address.SIZE - 1]) {
      case 0x08 -> size % 192 == 0 ? "malformed point" : "bad elliptic curve pairing size";
      case 0x09 -> size == 213 ? "invalid final flag" : "invalid input length";
      case 0x0a -> size == 192 ? "error verifying kzg proof" : "invalid input length";
      default -> "invalid input";
    };
  }

  /** Klaytn's error of the outermost call. */
  static Optional<String> klaytn(CallFrame call) {
    Optional<HaltReason> halt = call.end().halt();
    if (halt.isEmpty()) {
      return geth(call);
    }
    return switch (halt.orElseThrow()) {
      case INVALID_OPCODE ->
          Optional.of(
              call.halted()
                  .map(at -> String.format(Locale.ROOT, "invalid opcode 0x%x", at.opcode()))
                  .orElse("invalid opcode"));
      case REENTRANCY_SENTRY -> Optional.of("out of gas");
      case CODE_TOO_LARGE -> Optional.of("evm: max code size exceeded");
      case INVALID_JUMP, WRITE_PROTECTION -> geth(call).map(text -> "evm: " + text);
      default -> geth(call);
    };
  }
}
