package dev.klay.crypto.bls12381;

import java.math.BigInteger;

/** Numbers as digits of either sign, lowest first; negative points are free, so these save work. */
final class SignedDigits {
  private SignedDigits() {}

  /**
   * One digit a bit: odd, below 2^(width-1) in size, and at least width - 1 zeros after each (the
   * width-w non-adjacent form).
   */
  static byte[] sparse(BigInteger number, int width) {
    byte[] digits = new byte[number.bitLength() + 1];
    BigInteger rest = number;
    for (int bit = 0; bit < digits.length; bit++) {
      if (rest.testBit(0)) {
        int digit = centred(rest.intValue() & ((1 << width) - 1), width);
        digits[bit] = (byte) digit;
        rest = rest.subtract(BigInteger.valueOf(digit));
      }
      rest = rest.shiftRight(1);
    }
    return digits;
  }

  /**
   * Digits of width bits, from -2^(width-1) + 1 to 2^(width-1), enough for a number of so many
   * bits.
   */
  static short[] dense(BigInteger number, int width, int bits) {
    short[] digits = new short[bits / width + 1];
    int carry = 0;
    for (int i = 0; i < digits.length; i++) {
      int digit = (number.shiftRight(i * width).intValue() & ((1 << width) - 1)) + carry;
      carry = digit > 1 << (width - 1) ? 1 : 0;
      digits[i] = (short) (digit - (carry << width));
    }
    if (carry != 0) {
      throw new AssertionError("a carry is left of a number of " + number.bitLength() + " bits");
    }
    return digits;
  }

  private static int centred(int digit, int width) {
    return digit >= 1 << (width - 1) ? digit - (1 << width) : digit;
  }
}
