package dev.klay.crypto.bn254;

import java.math.BigInteger;

/** Numbers as digits of either sign; negative points are free, so these save work. */
final class SignedDigits {
  private SignedDigits() {}

  /**
   * One digit a bit, lowest first: odd, below 2^(width-1) in size, and at least width - 1 zeros
   * after each (the width-w non-adjacent form).
   *
   * @param number of either sign
   * @param width 2 to 8
   */
  static byte[] of(BigInteger number, int width) {
    byte[] digits = new byte[number.bitLength() + 1];
    BigInteger rest = number;
    int position = 0;
    while (rest.signum() != 0) {
      int zeros = rest.getLowestSetBit();
      position += zeros;
      rest = rest.shiftRight(zeros);
      int digit = centred(rest.intValue() & ((1 << width) - 1), width);
      digits[position] = (byte) digit;
      rest = rest.subtract(BigInteger.valueOf(digit));
    }
    return digits;
  }

  private static int centred(int digit, int width) {
    return digit >= 1 << (width - 1) ? digit - (1 << width) : digit;
  }
}
