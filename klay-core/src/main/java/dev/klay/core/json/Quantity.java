package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;

/** Numbers as JSON-RPC writes them: 0x and hexadecimal digits without leading zeros. */
public final class Quantity {
  private Quantity() {}

  /** An unsigned 64-bit number. */
  public static String of(long number) {
    return "0x" + Long.toHexString(number);
  }

  public static String of(UInt256 number) {
    return number.toHex();
  }

  /** An amount in peb. */
  public static String of(Amount amount) {
    return amount.peb().toHex();
  }

  /**
   * Reads a number.
   *
   * @throws DecodingException if it is none
   */
  public static UInt256 parse(JsonNode json) {
    if (!json.isTextual() || !json.textValue().matches("0x(0|[1-9a-fA-F][0-9a-fA-F]{0,63})")) {
      throw new DecodingException("not a quantity such as 0x1a: " + json);
    }
    return UInt256.fromHex(json.textValue());
  }

  /**
   * Reads a number of 64 bits, which may come out negative if it uses them all.
   *
   * @throws DecodingException if it is none
   */
  public static long parseLong(JsonNode json) {
    UInt256 number = parse(json);
    if (number.byteLength() > Long.BYTES) {
      throw new DecodingException("more than 64 bits: " + json);
    }
    return number.word(0);
  }
}
