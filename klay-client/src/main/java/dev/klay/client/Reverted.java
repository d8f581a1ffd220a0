package dev.klay.client;

import dev.klay.client.abi.Abi;
import dev.klay.client.abi.AbiError;
import dev.klay.client.abi.AbiTuple;
import dev.klay.core.call.CallResult;
import dev.klay.core.evm.HaltReason;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A contract refused a call, or its code failed. Without a {@link #receipt} nothing was sent: the
 * call was tried first. With one the transaction stands in a block, its fee is paid and all else it
 * did was undone.
 *
 * <pre>{@code
 * try {
 *   shop.send("buy", 7);
 * } catch (Reverted e) {
 *   if (e.is("TooPoor")) {
 *     show(e.arguments().orElseThrow().amount("price"));
 *   }
 * }
 * }</pre>
 */
public final class Reverted extends KlayException {
  private static final Abi NO_ERRORS = new Abi(List.of(), List.of(), List.of(), List.of(), false);

  private final transient Bytes data;
  private final transient Optional<HaltReason> halt;
  private final transient Optional<Receipt> receipt;
  private final transient Optional<AbiError> error;
  private final transient Optional<AbiTuple> arguments;

  private Reverted(
      Bytes data, Optional<HaltReason> halt, Optional<Receipt> receipt, Optional<Decoded> decoded) {
    super(message(data, halt, receipt, decoded));
    this.data = data;
    this.halt = halt;
    this.receipt = receipt;
    this.error = decoded.map(Decoded::error);
    this.arguments = decoded.map(Decoded::arguments);
  }

  private record Decoded(AbiError error, AbiTuple arguments) {}

  /** The failure of a call that was tried. */
  public static Reverted of(CallResult failed) {
    return of(
        failed.isRevert() ? failed.output() : Bytes.EMPTY,
        failed.halt(),
        Optional.empty(),
        NO_ERRORS);
  }

  /**
   * The failure of a transaction.
   *
   * @param replayed the same call before its block, which tells the reason; empty if it is not
   *     known
   */
  public static Reverted of(Receipt failed, Optional<CallResult> replayed) {
    Optional<CallResult> known = replayed.filter(r -> !r.isSuccess());
    Bytes data = known.filter(CallResult::isRevert).map(CallResult::output).orElse(Bytes.EMPTY);
    return of(data, known.flatMap(CallResult::halt), Optional.of(failed), NO_ERRORS);
  }

  private static Reverted of(
      Bytes data, Optional<HaltReason> halt, Optional<Receipt> receipt, Abi abi) {
    return new Reverted(data, halt, receipt, decode(data, abi));
  }

  /** The same, with the contract's own errors understood. */
  public Reverted with(Abi abi) {
    return of(data, halt, receipt, abi);
  }

  private static Optional<Decoded> decode(Bytes data, Abi abi) {
    try {
      return abi.errorOf(data).map(error -> new Decoded(error, error.decode(data)));
    } catch (DecodingException notCanonical) {
      return Optional.empty(); // the data itself is in the message
    }
  }

  private static String message(
      Bytes data, Optional<HaltReason> halt, Optional<Receipt> receipt, Optional<Decoded> decoded) {
    String why =
        decoded
            .map(Reverted::text)
            .or(() -> halt.map(h -> "the code halted: " + h))
            .orElseGet(() -> data.isEmpty() ? "no reason given" : "unknown error " + data);
    return "reverted: "
        + why
        + receipt.map(r -> " (transaction " + r.hash() + ", status " + r.status() + ")").orElse("");
  }

  private static String text(Decoded decoded) {
    if (decoded.error().equals(AbiError.REASON)) {
      return decoded.arguments().text(0);
    }
    return decoded.error().equals(AbiError.PANIC)
        ? PanicReason.of(decoded.arguments().integer(0))
        : decoded.error().name() + decoded.arguments();
  }

  /** What the code gave back; empty if it gave no reason or halted. */
  public Bytes data() {
    return data;
  }

  /** Why code halted, if it did so rather than revert. */
  public Optional<HaltReason> halt() {
    return halt;
  }

  /** Present if the transaction stands in a block. */
  public Optional<Receipt> receipt() {
    return receipt;
  }

  /** The error, if it is one of the contract's ABI or one of Solidity's own. */
  public Optional<AbiError> error() {
    return error;
  }

  /** The arguments of the {@link #error}. */
  public Optional<AbiTuple> arguments() {
    return arguments;
  }

  /** Whether it is the error of this name. */
  public boolean is(String errorName) {
    return error.filter(e -> e.name().equals(errorName)).isPresent();
  }

  /** The text behind {@code require} or {@code revert}, if there is one. */
  public Optional<String> reason() {
    return arguments.filter(a -> is(AbiError.REASON.name())).map(a -> a.text(0));
  }

  /** The number of Solidity's panic, such as 0x11 for an overflow. */
  public Optional<BigInteger> panic() {
    return arguments.filter(a -> is(AbiError.PANIC.name())).map(a -> a.integer(0));
  }
}
