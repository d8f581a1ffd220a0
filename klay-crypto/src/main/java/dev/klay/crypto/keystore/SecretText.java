package dev.klay.crypto.keystore;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Secret characters to bytes and back without a {@code String}, which nothing could zero. */
final class SecretText {
  private SecretText() {}

  /** UTF-8 without normalisation, as all keystore writers do; the caller zeroes the result. */
  static byte[] utf8(char[] password) {
    // Three bytes at most for each char; a pair of surrogates makes four.
    ByteBuffer buffer = ByteBuffer.allocate(3 * password.length);
    try {
      var encoder = StandardCharsets.UTF_8.newEncoder();
      var result = encoder.encode(CharBuffer.wrap(password), buffer, true);
      if (result.isError()) {
        result.throwException();
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the password has half of a surrogate pair");
    } finally {
      Arrays.fill(buffer.array(), (byte) 0);
    }
  }

  /** The bytes of {@code 2 * into.length} hexadecimal digits; false on another character. */
  static boolean decodeHex(char[] text, int offset, byte[] into) {
    for (int i = 0; i < into.length; i++) {
      int high = digit(text[offset + 2 * i]);
      int low = digit(text[offset + 2 * i + 1]);
      if ((high | low) < 0) {
        return false;
      }
      into[i] = (byte) (high << 4 | low);
    }
    return true;
  }

  static void encodeHex(byte[] bytes, char[] into, int offset) {
    for (int i = 0; i < bytes.length; i++) {
      into[offset + 2 * i] = Character.forDigit(bytes[i] >> 4 & 0xf, 16);
      into[offset + 2 * i + 1] = Character.forDigit(bytes[i] & 0xf, 16);
    }
  }

  /** ASCII digits only: {@link Character#digit} would take those of other scripts too. */
  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
