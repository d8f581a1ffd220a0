package dev.klay.client.abi;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Reads what {@link AbiEncoder} writes and nothing else: every offset leads to where the one
 * canonical encoding has its tail, padding is zero, nothing follows. So each byte is read once, and
 * no data, however hostile, makes more values than it has words.
 */
final class AbiDecoder {
  private final byte[] data;

  /** Behind what was read last. */
  private int end;

  private AbiDecoder(byte[] data) {
    this.data = data;
  }

  /**
   * Reads a whole sequence.
   *
   * @throws DecodingException if it is not canonical
   */
  static List<Object> parameters(List<AbiParameter> parameters, Bytes data) {
    AbiDecoder decoder = new AbiDecoder(data.unsafeArray());
    List<Object> values = decoder.sequence(parameters, 0);
    if (decoder.end != data.size()) {
      throw new DecodingException(
          (data.size() - decoder.end) + " bytes follow " + AbiType.canonical(parameters));
    }
    return values;
  }

  private List<Object> sequence(List<AbiParameter> parameters, int base) {
    int head = base;
    int tail = base;
    for (AbiParameter parameter : parameters) {
      tail += parameter.type().headBytes();
    }
    ensure(base, tail - base);
    List<Object> values = new ArrayList<>(parameters.size());
    for (AbiParameter parameter : parameters) {
      AbiType type = parameter.type();
      if (type.isDynamic()) {
        ensureOffset(head, base, tail);
        values.add(value(type, tail));
        tail = end;
      } else {
        values.add(value(type, head));
      }
      head += type.headBytes();
    }
    end = tail;
    return values;
  }

  private void ensureOffset(int at, int base, int tail) {
    int offset = length(at, data.length, "an offset");
    if (base + offset != tail) {
      throw new DecodingException(
          "an offset leads to byte " + (base + (long) offset) + ", the value stands at " + tail);
    }
  }

  private Object value(AbiType type, int at) {
    ensure(at, AbiType.WORD);
    end = at + AbiType.WORD;
    if (type instanceof AbiType.Uint uint) {
      BigInteger number = new BigInteger(1, word(at));
      return inRange(type, number, number.bitLength() <= uint.bits());
    }
    if (type instanceof AbiType.Int signed) {
      BigInteger number = new BigInteger(word(at));
      return inRange(type, number, number.bitLength() < signed.bits());
    }
    if (type instanceof AbiType.Bool) {
      return !inRange(type, new BigInteger(1, word(at)), isBool(at)).equals(BigInteger.ZERO);
    }
    if (type instanceof AbiType.AccountAddress) {
      ensureZero(at, AbiType.WORD - Address.SIZE, type);
      return Address.wrap(Arrays.copyOfRange(data, end - Address.SIZE, end));
    }
    if (type instanceof AbiType.FixedBytes fixed) {
      ensureZero(at + fixed.size(), AbiType.WORD - fixed.size(), type);
      return Bytes.wrap(Arrays.copyOfRange(data, at, at + fixed.size()));
    }
    if (type instanceof AbiType.DynamicBytes) {
      return Bytes.wrap(content(at, type));
    }
    if (type instanceof AbiType.Text) {
      return text(content(at, type));
    }
    return composite(type, at);
  }

  private Object composite(AbiType type, int at) {
    if (type instanceof AbiType.Tuple tuple) {
      return AbiTuple.of(tuple.components(), sequence(tuple.components(), at));
    }
    if (type instanceof AbiType.FixedArray array) {
      return elements(array.element(), array.length(), at);
    }
    AbiType element = ((AbiType.DynamicArray) type).element();
    int room = (data.length - at - AbiType.WORD) / element.headBytes();
    return elements(element, length(at, room, type.canonical()), at + AbiType.WORD);
  }

  private List<Object> elements(AbiType element, int count, int at) {
    return Collections.unmodifiableList(
        sequence(Collections.nCopies(count, AbiParameter.of("", element)), at));
  }

  private byte[] content(int at, AbiType type) {
    int start = at + AbiType.WORD;
    int length = length(at, data.length - start, type.canonical());
    int padded = AbiEncoder.padded(length);
    ensure(start, padded);
    ensureZero(start + length, padded - length, type);
    end = start + padded;
    return Arrays.copyOfRange(data, start, start + length);
  }

  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new DecodingException("a string is not UTF-8", e);
    }
  }

  private boolean isBool(int at) {
    return new BigInteger(1, word(at)).bitLength() <= 1;
  }

  private static BigInteger inRange(AbiType type, BigInteger number, boolean fits) {
    if (!fits) {
      throw new DecodingException(type.canonical() + " cannot hold " + number);
    }
    return number;
  }

  private int length(int at, int max, String what) {
    BigInteger length = new BigInteger(1, word(at));
    if (length.compareTo(BigInteger.valueOf(Math.max(0, max))) > 0) {
      throw new DecodingException(what + " of " + length + " is longer than the data");
    }
    return length.intValue();
  }

  private byte[] word(int at) {
    ensure(at, AbiType.WORD);
    return Arrays.copyOfRange(data, at, at + AbiType.WORD);
  }

  private void ensure(int at, int length) {
    if (at < 0 || length < 0 || length > data.length - at) {
      throw new DecodingException(
          "the data ends at byte " + data.length + ", " + length + " more are needed at " + at);
    }
  }

  private void ensureZero(int at, int length, AbiType type) {
    for (int i = at; i < at + length; i++) {
      if (data[i] != 0) {
        throw new DecodingException("the padding of a " + type.canonical() + " is not zero");
      }
    }
  }
}
