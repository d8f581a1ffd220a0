package dev.klay.core.evm.trace;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Why a contract reverted, read from its revert data (Solidity's documentation, section "Error
 * handling"). What cannot be read as one of the kinds is {@link Kind#RAW}.
 *
 * @param text what to show: the message, the meaning of a panic, the name of a custom error
 * @param data all of the revert data
 */
public record RevertReason(Kind kind, String text, Bytes data) {
  /** How the contract said it. */
  public enum Kind {
    /** {@code revert()} without data. */
    NONE,
    /** {@code Error(string)}, of {@code require} and {@code revert} with a message. */
    MESSAGE,
    /** {@code Panic(uint256)}, of {@code assert} and checks by the compiler. */
    PANIC,
    /** An error that the contract declares: a selector and arguments. */
    CUSTOM,
    /** Fewer than four bytes, or malformed. */
    RAW
  }

  /** Knows the errors that contracts declare. */
  @FunctionalInterface
  public interface ErrorLookup {
    /** Knows none. */
    ErrorLookup NONE = (selector, arguments) -> Optional.empty();

    /**
     * How to show an error.
     *
     * @param selector the first four bytes of Keccak-256 of the signature
     * @param arguments what follows it, as the contract ABI encodes it; from a stranger
     */
    Optional<String> describe(Bytes selector, Bytes arguments);
  }

  private static final Bytes ERROR = Bytes.fromHex("0x08c379a0");
  private static final Bytes PANIC = Bytes.fromHex("0x4e487b71");
  private static final int SELECTOR = 4;
  private static final int WORD = 32;

  /** Reads revert data; custom errors keep their selector as text. */
  public static RevertReason decode(Bytes data) {
    return decode(data, ErrorLookup.NONE);
  }

  /** Reads revert data, with a lookup that names custom errors. Any bytes may come. */
  public static RevertReason decode(Bytes data, ErrorLookup lookup) {
    if (data.isEmpty()) {
      return new RevertReason(Kind.NONE, "", data);
    }
    if (data.size() < SELECTOR) {
      return new RevertReason(Kind.RAW, data.toHex(), data);
    }
    Bytes selector = data.slice(0, SELECTOR);
    Bytes arguments = data.slice(SELECTOR, data.size());
    if (selector.equals(ERROR)) {
      return message(arguments)
          .map(text -> new RevertReason(Kind.MESSAGE, text, data))
          .orElseGet(() -> new RevertReason(Kind.RAW, data.toHex(), data));
    }
    if (selector.equals(PANIC) && arguments.size() == WORD) {
      UInt256 code = UInt256.fromBytes(arguments.toArray());
      return new RevertReason(Kind.PANIC, meaning(code), data);
    }
    String text = lookup.describe(selector, arguments).orElseGet(() -> selector.toHex());
    return new RevertReason(Kind.CUSTOM, text, data);
  }

  /** The string of {@code Error(string)}, if it is encoded as the ABI says. */
  static Optional<String> message(Bytes arguments) {
    if (arguments.size() < 2 * WORD) {
      return Optional.empty();
    }
    Optional<Integer> offset = number(arguments, 0);
    if (offset.isEmpty()) {
      return Optional.empty();
    }
    int at = offset.orElseThrow();
    Optional<Integer> length = number(arguments, at);
    if (length.isEmpty() || length.orElseThrow() > arguments.size() - at - WORD) {
      return Optional.empty();
    }
    return utf8(arguments.slice(at + WORD, at + WORD + length.orElseThrow()));
  }

  /** A word that can be an offset or a length within the arguments. */
  private static Optional<Integer> number(Bytes arguments, int at) {
    if (at > arguments.size() - WORD) {
      return Optional.empty();
    }
    UInt256 word = UInt256.fromBytes(arguments.slice(at, at + WORD).toArray());
    return word.fitsLong() && word.toLong() <= arguments.size()
        ? Optional.of((int) word.toLong())
        : Optional.empty();
  }

  private static Optional<String> utf8(Bytes text) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(text.toArray()))
              .toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /** Solidity's panic codes. */
  private static String meaning(UInt256 code) {
    String known =
        switch (code.fitsLong() ? (int) Math.min(code.toLong(), 0xff) : 0xff) {
          case 0x00 -> "generic panic";
          case 0x01 -> "assert(false)";
          case 0x11 -> "arithmetic underflow or overflow";
          case 0x12 -> "division or modulo by zero";
          case 0x21 -> "enum overflow";
          case 0x22 -> "invalid encoded storage byte array accessed";
          case 0x31 -> "out-of-bounds array access; popping on an empty array";
          case 0x32 -> "out-of-bounds access of an array or bytesN";
          case 0x41 -> "out of memory";
          case 0x51 -> "uninitialized function";
          default -> "unknown panic code: " + code.toHex();
        };
    return known;
  }
}
