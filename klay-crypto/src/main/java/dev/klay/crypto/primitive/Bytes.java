package dev.klay.crypto.primitive;

import java.util.Arrays;

/** An immutable byte sequence of any length. Equal when the bytes are equal. */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of the given bytes. */
  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /**
   * Takes the array over without copying it; the caller must not use it afterwards. For code that
   * has just made the array.
   */
  public static Bytes wrap(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes);
  }

  /**
   * Hexadecimal text of even length, {@code 0x} optional.
   *
   * @throws dev.klay.crypto.DecodingException on other text
   */
  public static Bytes fromHex(String hex) {
    return wrap(Hex.decode(hex));
  }

  public int size() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  public byte get(int index) {
    return bytes[index];
  }

  /** Bytes {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    return wrap(Arrays.copyOfRange(bytes, from, to));
  }

  /** A fresh copy. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** The backing array itself, for readers inside this project that never write to it. */
  public byte[] unsafeArray() {
    return bytes;
  }

  /** Lower-case hexadecimal behind {@code 0x}. */
  public String toHex() {
    return Hex.prefixed(bytes);
  }

  /** Orders as unsigned bytes, a prefix before the longer sequence. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
