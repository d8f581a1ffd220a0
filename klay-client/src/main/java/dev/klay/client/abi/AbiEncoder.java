package dev.klay.client.abi;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Writes values in the one canonical way: heads, then tails in their order. */
final class AbiEncoder {
  private AbiEncoder() {}

  /** A sequence, such as a call's arguments. */
  static byte[] parameters(List<AbiParameter> parameters, List<?> values) {
    ensureCount(parameters.size(), values.size(), AbiType.canonical(parameters));
    Parts parts = new Parts(parameters.stream().mapToInt(p -> p.type().headBytes()).sum());
    for (int i = 0; i < parameters.size(); i++) {
      try {
        parts.add(parameters.get(i).type(), values.get(i));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "argument " + (i + 1) + " (" + parameters.get(i) + "): " + e.getMessage(), e);
      }
    }
    return parts.bytes();
  }

  static byte[] value(AbiType type, Object value) {
    if (type instanceof AbiType.Uint uint) {
      return integer(type, value, 0, uint.bits());
    }
    if (type instanceof AbiType.Int signed) {
      return integer(type, value, 1, signed.bits() - 1);
    }
    if (type instanceof AbiType.Bool) {
      return word(BigInteger.valueOf((boolean) cast(Boolean.class, type, value) ? 1 : 0));
    }
    if (type instanceof AbiType.AccountAddress) {
      byte[] word = new byte[AbiType.WORD];
      byte[] address = cast(Address.class, type, value).unsafeArray();
      System.arraycopy(address, 0, word, word.length - address.length, address.length);
      return word;
    }
    if (type instanceof AbiType.FixedBytes fixed) {
      byte[] bytes = bytes(type, value);
      ensureCount(fixed.size(), bytes.length, type.canonical());
      return Arrays.copyOf(bytes, AbiType.WORD);
    }
    if (type instanceof AbiType.DynamicBytes) {
      return withLength(bytes(type, value));
    }
    if (type instanceof AbiType.Text) {
      return withLength(utf8(cast(String.class, type, value)));
    }
    return composite(type, value);
  }

  private static byte[] composite(AbiType type, Object value) {
    if (type instanceof AbiType.Tuple tuple) {
      return parameters(tuple.components(), JavaValues.components(tuple, value));
    }
    List<?> elements = JavaValues.elements(type, value);
    if (type instanceof AbiType.FixedArray array) {
      ensureCount(array.length(), elements.size(), type.canonical());
      return elements(array.element(), elements);
    }
    AbiType element = ((AbiType.DynamicArray) type).element();
    byte[] content = elements(element, elements);
    return ByteBuffer.allocate(AbiType.WORD + content.length)
        .put(word(BigInteger.valueOf(elements.size())))
        .put(content)
        .array();
  }

  private static byte[] elements(AbiType element, List<?> values) {
    return parameters(Collections.nCopies(values.size(), AbiParameter.of("", element)), values);
  }

  private static byte[] integer(AbiType type, Object value, int sign, int bits) {
    BigInteger number = number(type, value);
    if (number.bitLength() > bits || sign == 0 && number.signum() < 0) {
      throw new IllegalArgumentException(type.canonical() + " cannot hold " + number);
    }
    return word(number);
  }

  private static BigInteger number(AbiType type, Object value) {
    if (value instanceof BigInteger big) {
      return big;
    }
    if (value instanceof UInt256 word) {
      return word.toBigInteger();
    }
    if (value instanceof Amount amount) {
      return amount.peb().toBigInteger();
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return BigInteger.valueOf(((Number) value).longValue());
    }
    if (value instanceof Byte small) {
      return BigInteger.valueOf(small);
    }
    throw wrong(type, value);
  }

  private static byte[] word(BigInteger number) {
    byte[] minimal = number.toByteArray();
    byte[] word = new byte[AbiType.WORD];
    if (number.signum() < 0) {
      Arrays.fill(word, (byte) 0xff);
    }
    int length = Math.min(minimal.length, word.length);
    System.arraycopy(minimal, minimal.length - length, word, word.length - length, length);
    return word;
  }

  private static byte[] bytes(AbiType type, Object value) {
    if (value instanceof Bytes bytes) {
      return bytes.unsafeArray();
    }
    if (value instanceof Hash hash) {
      return hash.unsafeArray();
    }
    if (value instanceof byte[] array) {
      return array;
    }
    throw wrong(type, value);
  }

  static byte[] utf8(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(bytes.array(), bytes.limit());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("half a surrogate pair is no text", e);
    }
  }

  private static byte[] withLength(byte[] content) {
    return ByteBuffer.allocate(AbiType.WORD + padded(content.length))
        .put(word(BigInteger.valueOf(content.length)))
        .put(content)
        .array();
  }

  static int padded(int length) {
    return (length + AbiType.WORD - 1) / AbiType.WORD * AbiType.WORD;
  }

  private static <T> T cast(Class<T> wanted, AbiType type, Object value) {
    if (!wanted.isInstance(value)) {
      throw wrong(type, value);
    }
    return wanted.cast(value);
  }

  static IllegalArgumentException wrong(AbiType type, Object value) {
    return new IllegalArgumentException(
        type.canonical() + " does not take a " + value.getClass().getSimpleName());
  }

  private static void ensureCount(int wanted, int given, String where) {
    if (wanted != given) {
      throw new IllegalArgumentException(where + " takes " + wanted + ", not " + given);
    }
  }

  /** Heads and tails of one sequence. */
  private static final class Parts {
    private final int headBytes;
    private final ByteArrayOutputStream heads = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tails = new ByteArrayOutputStream();

    Parts(int headBytes) {
      this.headBytes = headBytes;
    }

    void add(AbiType type, Object value) {
      byte[] encoded = value(type, value);
      if (type.isDynamic()) {
        heads.writeBytes(word(BigInteger.valueOf(headBytes + (long) tails.size())));
        tails.writeBytes(encoded);
      } else {
        heads.writeBytes(encoded);
      }
    }

    byte[] bytes() {
      heads.writeBytes(tails.toByteArray());
      return heads.toByteArray();
    }
  }
}
