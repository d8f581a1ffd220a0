package dev.klay.core.system;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What a contract returned, by the rules of Solidity's ABI: words of 32 bytes, places counted from
 * where the tuple begins. Every place and length is checked against the data, so that hostile
 * answers cost no more than their length.
 */
final class AbiData {
  private static final int WORD = 32;

  private final Bytes data;
  private final int start;

  private AbiData(Bytes data, int start) {
    this.data = data;
    this.start = start;
  }

  static AbiData of(Bytes data) {
    return new AbiData(data, 0);
  }

  UInt256 word(int index) {
    int from = start + index * WORD;
    if (from < 0 || from > data.size() - WORD) {
      throw new DecodingException(
          "a contract answered with " + data.size() + " bytes, word " + index + " is not there");
    }
    return UInt256.fromBytes(data.slice(from, from + WORD).toArray());
  }

  Address address(int index) {
    UInt256 word = word(index);
    if (word.byteLength() > Address.SIZE) {
      throw new DecodingException("a contract answered with " + word.toHex() + " for an address");
    }
    byte[] bytes = word.toBytes32();
    return Address.wrap(Arrays.copyOfRange(bytes, WORD - Address.SIZE, WORD));
  }

  /** A number that must be below a limit. */
  int number(int index, int limit) {
    UInt256 word = word(index);
    if (word.byteLength() > 4 || word.toLong() >= limit) {
      throw new DecodingException("a contract answered with the number " + word.toHex());
    }
    return (int) word.toLong();
  }

  /** The tuple, array or string whose place is written in this word. */
  AbiData at(int index) {
    return new AbiData(data, start + number(index, data.size() - start));
  }

  /** The bytes that begin here with their number. */
  Bytes bytes() {
    int length = number(0, data.size() - start);
    int from = start + WORD;
    if (length > data.size() - from) {
      throw new DecodingException("a contract answered with a string that is cut off");
    }
    return data.slice(from, from + length);
  }

  /** The array that begins here with its length. */
  <T> List<T> list(BiFunction<AbiData, Integer, T> item) {
    int length = number(0, data.size() / WORD + 1);
    AbiData items = new AbiData(data, start + WORD);
    List<T> list = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      list.add(item.apply(items, i));
    }
    return list;
  }
}
