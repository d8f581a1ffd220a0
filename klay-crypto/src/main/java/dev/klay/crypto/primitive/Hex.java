package dev.klay.crypto.primitive;

import dev.klay.crypto.DecodingException;
import java.util.HexFormat;

/** Hexadecimal text, lower case, with or without the {@code 0x} prefix. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  /** Lower-case digits without a prefix. */
  public static String encode(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }

  /** Lower-case digits behind {@code 0x}. */
  public static String prefixed(byte[] bytes) {
    return "0x" + FORMAT.formatHex(bytes);
  }

  /**
   * The bytes that an even number of hexadecimal digits of either case stand for; a {@code 0x}
   * prefix is allowed.
   *
   * @throws DecodingException on an odd count or another character
   */
  public static byte[] decode(String text) {
    int start = text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
    if ((text.length() - start) % 2 != 0) {
      throw new DecodingException("hex text has an odd number of digits: " + abbreviate(text));
    }
    try {
      return FORMAT.parseHex(text, start, text.length());
    } catch (IllegalArgumentException e) {
      throw new DecodingException("not hexadecimal: " + abbreviate(text), e);
    }
  }

  /** At most 80 characters of a text for a message. */
  private static String abbreviate(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
