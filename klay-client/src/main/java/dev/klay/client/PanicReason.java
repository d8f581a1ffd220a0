package dev.klay.client;

import java.math.BigInteger;

/** What the numbers of Solidity's panics stand for. */
final class PanicReason {
  private PanicReason() {}

  static String of(BigInteger code) {
    String meaning =
        code.bitLength() > 31
            ? "unknown"
            : switch (code.intValue()) {
              case 0x01 -> "a failed assertion";
              case 0x11 -> "arithmetic overflow";
              case 0x12 -> "division by zero";
              case 0x21 -> "a number that is no member of the enum";
              case 0x22 -> "a damaged byte array in storage";
              case 0x31 -> "pop on an empty array";
              case 0x32 -> "an index out of bounds";
              case 0x41 -> "too much memory";
              case 0x51 -> "a call of a function that is not set";
              default -> "unknown";
            };
    return "panic 0x" + code.toString(16) + ": " + meaning;
  }
}
