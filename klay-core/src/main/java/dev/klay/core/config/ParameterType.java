package dev.klay.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The kinds of values of governance parameters: how each stands in JSON, where a big number may be
 * a string, and in a vote ({@code klaytn-genesis-governance.md} section 3).
 */
enum ParameterType {
  /** A {@link Long}, not negative. */
  UINT {
    @Override
    Object ofJson(JsonNode json) {
      BigInteger number = integer(json);
      if (number.signum() < 0 || number.bitLength() > 63) {
        throw new InvalidGenesisException("not an integer of 63 bits: " + json);
      }
      return number.longValueExact();
    }

    @Override
    JsonNode toJson(Object value) {
      return BigIntegerNode.valueOf(BigInteger.valueOf((Long) value));
    }

    @Override
    Object ofVote(Bytes bytes) {
      if (bytes.size() > 8 || bytes.size() == 8 && bytes.get(0) < 0) {
        throw new DecodingException("not an integer of 63 bits: " + bytes);
      }
      return UInt256.fromBytes(bytes.toArray()).toLong();
    }

    @Override
    Bytes toVote(Object value) {
      return Bytes.wrap(UInt256.of((Long) value).toMinimalBytes());
    }
  },

  /** A {@link String}. */
  TEXT {
    @Override
    Object ofJson(JsonNode json) {
      if (!json.isTextual()) {
        throw new InvalidGenesisException("not a string: " + json);
      }
      return json.textValue();
    }

    @Override
    JsonNode toJson(Object value) {
      return TextNode.valueOf((String) value);
    }

    @Override
    Object ofVote(Bytes bytes) {
      return utf8(bytes);
    }

    @Override
    Bytes toVote(Object value) {
      return bytesOf((String) value);
    }
  },

  /** An {@link Address}. */
  ADDRESS {
    @Override
    Object ofJson(JsonNode json) {
      return Address.parse(json.asText());
    }

    @Override
    JsonNode toJson(Object value) {
      return TextNode.valueOf(((Address) value).toHex());
    }

    /** Old votes hold the address as hex text; its last 20 bytes count then, as in Klaytn. */
    @Override
    Object ofVote(Bytes bytes) {
      if (bytes.size() < Address.SIZE) {
        throw new DecodingException("an address has 20 bytes, not " + bytes.size());
      }
      return Address.wrap(bytes.slice(bytes.size() - Address.SIZE, bytes.size()).toArray());
    }

    @Override
    Bytes toVote(Object value) {
      return Bytes.wrap(((Address) value).toArray());
    }
  },

  /** A {@link Boolean}. */
  FLAG {
    @Override
    Object ofJson(JsonNode json) {
      if (!json.isBoolean()) {
        throw new InvalidGenesisException("neither true nor false: " + json);
      }
      return json.booleanValue();
    }

    @Override
    JsonNode toJson(Object value) {
      return BooleanNode.valueOf((Boolean) value);
    }

    @Override
    Object ofVote(Bytes bytes) {
      return !bytes.isEmpty() && bytes.get(0) != 0;
    }

    @Override
    Bytes toVote(Object value) {
      return (Boolean) value ? Bytes.of((byte) 1) : Bytes.EMPTY;
    }
  },

  /** A {@link UInt256}; in JSON a decimal string, and a number is read, too. */
  DECIMAL {
    @Override
    Object ofJson(JsonNode json) {
      return unsigned(integer(json));
    }

    @Override
    JsonNode toJson(Object value) {
      return TextNode.valueOf(((UInt256) value).toBigInteger().toString());
    }

    @Override
    Object ofVote(Bytes bytes) {
      return unsigned(parse(utf8(bytes)));
    }

    @Override
    Bytes toVote(Object value) {
      return bytesOf(((UInt256) value).toBigInteger().toString());
    }
  };

  /** More than any value of 256 bits has; reading many digits takes long. */
  private static final int DIGITS_MAX = 80;

  /** Reads a value of a genesis file or a header's governance data. */
  abstract Object ofJson(JsonNode json);

  abstract JsonNode toJson(Object value);

  /** Reads the value of a header's vote. */
  abstract Object ofVote(Bytes bytes);

  abstract Bytes toVote(Object value);

  /** An integer, or a string with a decimal or 0x-prefixed one. */
  static BigInteger integer(JsonNode json) {
    if (json.isIntegralNumber()) {
      return json.bigIntegerValue();
    }
    if (json.isTextual()) {
      return parse(json.textValue());
    }
    throw new InvalidGenesisException("not an integer: " + json);
  }

  private static UInt256 unsigned(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new InvalidGenesisException("not in 0..2^256-1: " + value);
    }
    return UInt256.of(value);
  }

  private static BigInteger parse(String text) {
    if (text.length() > DIGITS_MAX) {
      throw new InvalidGenesisException("not an integer: " + text.length() + " characters");
    }
    try {
      return text.startsWith("0x")
          ? new BigInteger(text.substring(2), 16)
          : new BigInteger(text, 10);
    } catch (NumberFormatException e) {
      throw new InvalidGenesisException("not an integer: " + text, e);
    }
  }

  private static String utf8(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  private static Bytes bytesOf(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
