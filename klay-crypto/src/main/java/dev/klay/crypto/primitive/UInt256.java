package dev.klay.crypto.primitive;

import dev.klay.crypto.DecodingException;
import java.math.BigInteger;

/**
 * An unsigned integer of 256 bits, 0 to 2^256-1, immutable. Arithmetic is exact: a result outside
 * the range throws {@link ArithmeticException}. (The interpreter has its own wrapping arithmetic.)
 */
public final class UInt256 implements Comparable<UInt256> {
  public static final UInt256 ZERO = new UInt256(0, 0, 0, 0);
  public static final UInt256 ONE = new UInt256(0, 0, 0, 1);
  public static final UInt256 MAX = new UInt256(-1, -1, -1, -1);

  private final long w3;
  private final long w2;
  private final long w1;
  private final long w0;

  private UInt256(long w3, long w2, long w1, long w0) {
    this.w3 = w3;
    this.w2 = w2;
    this.w1 = w1;
    this.w0 = w0;
  }

  /** Four 64-bit words, most significant first. */
  public static UInt256 ofWords(long w3, long w2, long w1, long w0) {
    return (w3 | w2 | w1 | w0) == 0 ? ZERO : new UInt256(w3, w2, w1, w0);
  }

  /**
   * A non-negative long.
   *
   * @throws IllegalArgumentException if negative
   */
  public static UInt256 of(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    return value == 0 ? ZERO : new UInt256(0, 0, 0, value);
  }

  /**
   * A non-negative integer of at most 256 bits.
   *
   * @throws ArithmeticException if negative or larger
   */
  public static UInt256 of(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new ArithmeticException("not in 0..2^256-1: " + value);
    }
    return ofWords(
        value.shiftRight(192).longValue(),
        value.shiftRight(128).longValue(),
        value.shiftRight(64).longValue(),
        value.longValue());
  }

  /**
   * 0 to 32 big-endian bytes, leading zeros allowed.
   *
   * @throws DecodingException if longer
   */
  public static UInt256 fromBytes(byte[] bytes) {
    return fromBytes(bytes, 0, bytes.length);
  }

  /** Like {@link #fromBytes(byte[])} for a part of an array. */
  public static UInt256 fromBytes(byte[] bytes, int offset, int length) {
    if (length > 32) {
      throw new DecodingException("an integer has at most 32 bytes, not " + length);
    }
    int end = offset + length;
    return ofWords(
        word(bytes, offset, end - 24),
        word(bytes, offset, end - 16),
        word(bytes, offset, end - 8),
        word(bytes, offset, end));
  }

  /**
   * Hexadecimal digits, {@code 0x} optional, any count up to 64; none is zero.
   *
   * @throws DecodingException on other text
   */
  public static UInt256 fromHex(String hex) {
    String digits = hex.startsWith("0x") || hex.startsWith("0X") ? hex.substring(2) : hex;
    return fromBytes(Hex.decode((digits.length() % 2 == 0 ? "0x" : "0x0") + digits));
  }

  /** Up to eight bytes that end before {@code end} and do not start before {@code start}. */
  private static long word(byte[] bytes, int start, int end) {
    long word = 0;
    for (int i = Math.max(start, end - 8); i < end; i++) {
      word = word << 8 | (bytes[i] & 0xff);
    }
    return word;
  }

  /** Word 0 is the least significant, 3 the most. */
  public long word(int index) {
    return switch (index) {
      case 0 -> w0;
      case 1 -> w1;
      case 2 -> w2;
      case 3 -> w3;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  public boolean isZero() {
    return (w3 | w2 | w1 | w0) == 0;
  }

  /** Whether {@link #toLong()} succeeds: at most 2^63-1. */
  public boolean fitsLong() {
    return (w3 | w2 | w1) == 0 && w0 >= 0;
  }

  /**
   * The value as a long.
   *
   * @throws ArithmeticException if above 2^63-1
   */
  public long toLong() {
    if (!fitsLong()) {
      throw new ArithmeticException("does not fit 63 bits: " + this);
    }
    return w0;
  }

  public UInt256 plus(UInt256 other) {
    long r0 = w0 + other.w0;
    long c = carry(w0, other.w0, r0);
    long r1 = w1 + other.w1 + c;
    c = carry(w1, other.w1, r1);
    long r2 = w2 + other.w2 + c;
    c = carry(w2, other.w2, r2);
    long r3 = w3 + other.w3 + c;
    if (carry(w3, other.w3, r3) != 0) {
      throw new ArithmeticException("sum is beyond 256 bits");
    }
    return ofWords(r3, r2, r1, r0);
  }

  /** The difference; {@link ArithmeticException} if the other is larger. */
  public UInt256 minus(UInt256 other) {
    if (compareTo(other) < 0) {
      throw new ArithmeticException("difference is negative: " + this + " - " + other);
    }
    long r0 = w0 - other.w0;
    long b = borrow(w0, other.w0, r0);
    long r1 = w1 - other.w1 - b;
    b = borrow(w1, other.w1, r1);
    long r2 = w2 - other.w2 - b;
    b = borrow(w2, other.w2, r2);
    return ofWords(w3 - other.w3 - b, r2, r1, r0);
  }

  public UInt256 times(UInt256 other) {
    if (fitsLong() && other.fitsLong()) {
      long high = Math.multiplyHigh(w0, other.w0);
      return ofWords(0, 0, high, w0 * other.w0);
    }
    return of(toBigInteger().multiply(other.toBigInteger()));
  }

  public UInt256 times(long factor) {
    return times(of(factor));
  }

  /** The quotient, rounded down; {@link ArithmeticException} on zero. */
  public UInt256 dividedBy(UInt256 divisor) {
    if (fitsLong() && divisor.fitsLong() && !divisor.isZero()) {
      return of(w0 / divisor.w0);
    }
    return of(toBigInteger().divide(divisor.toBigInteger()));
  }

  /** The carry out of {@code a + b (+ 1) = sum}. */
  private static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  /** The borrow out of {@code a - b (- 1) = difference}. */
  private static long borrow(long a, long b, long difference) {
    return ((~a & b) | ((~a | b) & difference)) >>> 63;
  }

  public BigInteger toBigInteger() {
    return fitsLong() ? BigInteger.valueOf(w0) : new BigInteger(1, toBytes32());
  }

  /** 32 big-endian bytes. */
  public byte[] toBytes32() {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 8; i++) {
      int shift = 56 - 8 * i;
      bytes[i] = (byte) (w3 >>> shift);
      bytes[8 + i] = (byte) (w2 >>> shift);
      bytes[16 + i] = (byte) (w1 >>> shift);
      bytes[24 + i] = (byte) (w0 >>> shift);
    }
    return bytes;
  }

  /** Number of bytes without leading zeros: 0 for zero, at most 32. */
  public int byteLength() {
    long top = w3 != 0 ? w3 : w2 != 0 ? w2 : w1 != 0 ? w1 : w0;
    int below = w3 != 0 ? 24 : w2 != 0 ? 16 : w1 != 0 ? 8 : 0;
    return below + (71 - Long.numberOfLeadingZeros(top)) / 8;
  }

  /** Big-endian bytes without leading zeros; empty for zero. */
  public byte[] toMinimalBytes() {
    int length = byteLength();
    byte[] all = toBytes32();
    return java.util.Arrays.copyOfRange(all, 32 - length, 32);
  }

  /** JSON-RPC quantity: {@code 0x}, no leading zeros, {@code 0x0} for zero. */
  public String toHex() {
    return "0x" + toBigInteger().toString(16);
  }

  @Override
  public int compareTo(UInt256 other) {
    int c = Long.compareUnsigned(w3, other.w3);
    if (c == 0) {
      c = Long.compareUnsigned(w2, other.w2);
    }
    if (c == 0) {
      c = Long.compareUnsigned(w1, other.w1);
    }
    return c != 0 ? c : Long.compareUnsigned(w0, other.w0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UInt256 that
        && w0 == that.w0
        && w1 == that.w1
        && w2 == that.w2
        && w3 == that.w3;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(w0 + 31 * w1 + 961 * w2 + 29791 * w3);
  }

  /** Decimal digits. */
  @Override
  public String toString() {
    return toBigInteger().toString();
  }
}
