package dev.klay.crypto.mnemonic;

import dev.klay.crypto.secp256k1.InvalidKeyException;
import java.util.Arrays;

/**
 * Bitcoin's base 58 with four checksum bytes, on character arrays since the content may be secret.
 */
final class Base58Check {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int CHECKSUM_SIZE = 4;

  private Base58Check() {}

  static char[] encode(byte[] content) {
    byte[] number = Arrays.copyOf(content, content.length + CHECKSUM_SIZE);
    System.arraycopy(checksum(content), 0, number, content.length, CHECKSUM_SIZE);
    int zeros = leadingZeros(number);
    // One byte gives less than 1.37 digits.
    char[] digits = new char[number.length * 137 / 100 + 1];
    int start = digits.length;
    for (int first = zeros; first < number.length; ) {
      int remainder = 0;
      for (int i = first; i < number.length; i++) {
        int value = remainder << 8 | (number[i] & 0xff);
        number[i] = (byte) (value / 58);
        remainder = value % 58;
      }
      digits[--start] = ALPHABET.charAt(remainder);
      while (first < number.length && number[first] == 0) {
        first++;
      }
    }
    for (int i = 0; i < zeros; i++) {
      digits[--start] = ALPHABET.charAt(0);
    }
    char[] text = Arrays.copyOfRange(digits, start, digits.length);
    Arrays.fill(digits, '\0');
    return text;
  }

  /** Exactly {@code size} content bytes; {@link InvalidKeyException} otherwise. */
  static byte[] decode(char[] text, int size) {
    byte[] number = new byte[size + CHECKSUM_SIZE];
    int zeros = 0;
    while (zeros < text.length && text[zeros] == ALPHABET.charAt(0)) {
      zeros++;
    }
    for (char c : text) {
      int carry = ALPHABET.indexOf(c);
      if (carry < 0) {
        throw new InvalidKeyException("an extended key is written in base 58");
      }
      for (int i = number.length - 1; i >= 0; i--) {
        carry += 58 * (number[i] & 0xff);
        number[i] = (byte) carry;
        carry >>>= 8;
      }
      if (carry != 0) {
        throw new InvalidKeyException("an extended key has " + size + " bytes, not more");
      }
    }
    byte[] content = Arrays.copyOf(number, size);
    boolean matches =
        zeros == leadingZeros(number)
            && Arrays.equals(
                checksum(content), Arrays.copyOfRange(number, size, size + CHECKSUM_SIZE));
    Arrays.fill(number, (byte) 0);
    if (!matches) {
      Arrays.fill(content, (byte) 0);
      throw new InvalidKeyException("the checksum of the extended key does not match");
    }
    return content;
  }

  private static int leadingZeros(byte[] number) {
    int zeros = 0;
    while (zeros < number.length && number[zeros] == 0) {
      zeros++;
    }
    return zeros;
  }

  private static byte[] checksum(byte[] content) {
    return Arrays.copyOf(MnemonicCode.sha256(MnemonicCode.sha256(content)), CHECKSUM_SIZE);
  }
}
