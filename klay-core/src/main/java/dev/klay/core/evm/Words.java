package dev.klay.core.evm;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Arithmetic on words of 256 bits in a stack array, modulo 2^256. A word is addressed by its index;
 * binary operations take the top word {@code a} and leave the result in {@code b}, the one below.
 */
final class Words {
  private static final long SIGN = Long.MIN_VALUE;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Words() {}

  // Moving in and out

  static void zero(long[] s, int a) {
    int i = a << 2;
    s[i] = 0;
    s[i + 1] = 0;
    s[i + 2] = 0;
    s[i + 3] = 0;
  }

  static void set(long[] s, int a, long unsigned) {
    int i = a << 2;
    s[i] = unsigned;
    s[i + 1] = 0;
    s[i + 2] = 0;
    s[i + 3] = 0;
  }

  static void set(long[] s, int a, UInt256 word) {
    int i = a << 2;
    s[i] = word.word(0);
    s[i + 1] = word.word(1);
    s[i + 2] = word.word(2);
    s[i + 3] = word.word(3);
  }

  static UInt256 get(long[] s, int a) {
    int i = a << 2;
    return UInt256.ofWords(s[i + 3], s[i + 2], s[i + 1], s[i]);
  }

  static boolean isZero(long[] s, int a) {
    int i = a << 2;
    return (s[i] | s[i + 1] | s[i + 2] | s[i + 3]) == 0;
  }

  /** The word as a non-negative long, or the largest one if it does not fit. */
  static long clamp(long[] s, int a) {
    int i = a << 2;
    return (s[i + 1] | s[i + 2] | s[i + 3]) != 0 || s[i] < 0 ? Long.MAX_VALUE : s[i];
  }

  /** Big-endian bytes; bytes behind the end of the array are zero. */
  static void load(long[] s, int a, byte[] bytes, int offset) {
    int i = a << 2;
    s[i + 3] = word(bytes, offset);
    s[i + 2] = word(bytes, offset + 8);
    s[i + 1] = word(bytes, offset + 16);
    s[i] = word(bytes, offset + 24);
  }

  private static long word(byte[] b, int o) {
    return (long) LONGS.get(b, o);
  }

  static void store(long[] s, int a, byte[] bytes, int offset) {
    int i = a << 2;
    put(bytes, offset, s[i + 3]);
    put(bytes, offset + 8, s[i + 2]);
    put(bytes, offset + 16, s[i + 1]);
    put(bytes, offset + 24, s[i]);
  }

  private static void put(byte[] b, int o, long w) {
    LONGS.set(b, o, w);
  }

  /** The {@code n} big-endian bytes behind a PUSH; 32 bytes can be read there. */
  static void push(long[] s, int a, byte[] code, int offset, int n) {
    int i = a << 2;
    if (n <= 8) {
      s[i] = word(code, offset) >>> (64 - 8 * n);
      s[i + 1] = 0;
      s[i + 2] = 0;
      s[i + 3] = 0;
      return;
    }
    load(s, a, code, offset);
    int bits = 8 * (32 - n);
    int words = bits >> 6;
    for (int k = 0; k < 4; k++) {
      long high = k + words < 4 ? s[i + k + words] : 0;
      long higher = k + words + 1 < 4 ? s[i + k + words + 1] : 0;
      s[i + k] = (bits & 63) == 0 ? high : high >>> (bits & 63) | higher << (64 - (bits & 63));
    }
  }

  static Address address(long[] s, int a) {
    int i = a << 2;
    byte[] bytes = new byte[Address.SIZE];
    for (int k = 0; k < 4; k++) {
      bytes[k] = (byte) (s[i + 2] >>> (24 - 8 * k));
    }
    for (int k = 0; k < 8; k++) {
      bytes[4 + k] = (byte) (s[i + 1] >>> (56 - 8 * k));
      bytes[12 + k] = (byte) (s[i] >>> (56 - 8 * k));
    }
    return Address.wrap(bytes);
  }

  static void set(long[] s, int a, Address address) {
    byte[] b = address.unsafeArray();
    int i = a << 2;
    s[i + 3] = 0;
    s[i + 2] = (b[0] & 0xffL) << 24 | (b[1] & 0xffL) << 16 | (b[2] & 0xffL) << 8 | b[3] & 0xffL;
    s[i + 1] = word(b, 4);
    s[i] = word(b, 12);
  }

  static void copy(long[] s, int from, int to) {
    int i = from << 2;
    int j = to << 2;
    s[j] = s[i];
    s[j + 1] = s[i + 1];
    s[j + 2] = s[i + 2];
    s[j + 3] = s[i + 3];
  }

  static void swap(long[] s, int a, int b) {
    int i = a << 2;
    int j = b << 2;
    long w0 = s[i];
    long w1 = s[i + 1];
    long w2 = s[i + 2];
    long w3 = s[i + 3];
    s[i] = s[j];
    s[i + 1] = s[j + 1];
    s[i + 2] = s[j + 2];
    s[i + 3] = s[j + 3];
    s[j] = w0;
    s[j + 1] = w1;
    s[j + 2] = w2;
    s[j + 3] = w3;
  }

  // Sums and products

  static void add(long[] s, int a, int b) {
    int i = a << 2;
    int j = b << 2;
    long r0 = s[i] + s[j];
    long c = carry(s[i], s[j], r0);
    long r1 = s[i + 1] + s[j + 1] + c;
    c = carry(s[i + 1], s[j + 1], r1);
    long r2 = s[i + 2] + s[j + 2] + c;
    c = carry(s[i + 2], s[j + 2], r2);
    s[j + 3] = s[i + 3] + s[j + 3] + c;
    s[j + 2] = r2;
    s[j + 1] = r1;
    s[j] = r0;
  }

  /** a - b. */
  static void sub(long[] s, int a, int b) {
    int i = a << 2;
    int j = b << 2;
    long r0 = s[i] - s[j];
    long c = borrow(s[i], s[j], r0);
    long r1 = s[i + 1] - s[j + 1] - c;
    c = borrow(s[i + 1], s[j + 1], r1);
    long r2 = s[i + 2] - s[j + 2] - c;
    c = borrow(s[i + 2], s[j + 2], r2);
    s[j + 3] = s[i + 3] - s[j + 3] - c;
    s[j + 2] = r2;
    s[j + 1] = r1;
    s[j] = r0;
  }

  // Bits instead of comparisons: data decides which way they go, and no predictor learns that.

  /** What x + y, perhaps + 1, carries over, 0 or 1. */
  static long carry(long x, long y, long sum) {
    return (x & y | (x | y) & ~sum) >>> 63;
  }

  /** What x - y, perhaps - 1, borrows, 0 or 1. */
  static long borrow(long x, long y, long difference) {
    return (~x & y | ~(x ^ y) & difference) >>> 63;
  }

  /** 1 if x is below y, both unsigned, else 0. */
  static long below(long x, long y) {
    return borrow(x, y, x - y);
  }

  static void mul(long[] s, int a, int b) {
    int i = a << 2;
    int j = b << 2;
    long a0 = s[i];
    long a1 = s[i + 1];
    long a2 = s[i + 2];
    long a3 = s[i + 3];
    long b0 = s[j];
    long b1 = s[j + 1];
    long b2 = s[j + 2];
    long b3 = s[j + 3];
    long r0 = a0 * b0;
    long r1 = high(a0, b0);
    long r2;
    long r3;

    long lo = a0 * b1;
    r1 += lo;
    long c = below(r1, lo);
    long hi = high(a0, b1) + c;
    lo = a1 * b0;
    r1 += lo;
    c = below(r1, lo);
    r2 = hi + high(a1, b0);
    r3 = below(r2, hi);
    r2 += c;
    r3 += c == 1 && r2 == 0 ? 1 : 0;

    lo = a0 * b2;
    r2 += lo;
    r3 += high(a0, b2) + below(r2, lo);
    lo = a1 * b1;
    r2 += lo;
    r3 += high(a1, b1) + below(r2, lo);
    lo = a2 * b0;
    r2 += lo;
    r3 += high(a2, b0) + below(r2, lo);
    r3 += a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
    s[j] = r0;
    s[j + 1] = r1;
    s[j + 2] = r2;
    s[j + 3] = r3;
  }

  /** The high 64 bits of the unsigned product. */
  static long high(long x, long y) {
    return Math.multiplyHigh(x, y) + (x >> 63 & y) + (y >> 63 & x);
  }

  // Comparison and bits

  static int compare(long[] s, int a, int b) {
    int i = a << 2;
    int j = b << 2;
    if (s[i + 3] != s[j + 3]) {
      return Long.compareUnsigned(s[i + 3], s[j + 3]);
    }
    if (s[i + 2] != s[j + 2]) {
      return Long.compareUnsigned(s[i + 2], s[j + 2]);
    }
    return s[i + 1] != s[j + 1]
        ? Long.compareUnsigned(s[i + 1], s[j + 1])
        : Long.compareUnsigned(s[i], s[j]);
  }

  static int compareSigned(long[] s, int a, int b) {
    int i = (a << 2) + 3;
    int j = (b << 2) + 3;
    return s[i] != s[j] ? Long.compare(s[i], s[j]) : compare(s, a, b);
  }

  static boolean isNegative(long[] s, int a) {
    return (s[(a << 2) + 3] & SIGN) != 0;
  }

  static void negate(long[] s, int a) {
    int i = a << 2;
    long carry = 1;
    for (int k = 0; k < 4; k++) {
      s[i + k] = ~s[i + k] + carry;
      carry = carry == 1 && s[i + k] == 0 ? 1 : 0;
    }
  }

  /** BYTE: the byte of b at place a, 0 being the most significant. */
  static void byteAt(long[] s, int a, int b) {
    long place = clamp(s, a);
    if (place >= 32) {
      zero(s, b);
    } else {
      int p = 31 - (int) place;
      set(s, b, s[(b << 2) + (p >> 3)] >>> ((p & 7) << 3) & 0xff);
    }
  }

  /** SHL: b shifted left by a. */
  static void shiftLeft(long[] s, int a, int b) {
    long by = clamp(s, a);
    if (by >= 256) {
      zero(s, b);
      return;
    }
    int j = b << 2;
    int words = (int) by >> 6;
    int bits = (int) by & 63;
    for (int k = 3; k >= 0; k--) {
      long low = k - words >= 0 ? s[j + k - words] : 0;
      long lower = k - words - 1 >= 0 ? s[j + k - words - 1] : 0;
      s[j + k] = bits == 0 ? low : low << bits | lower >>> (64 - bits);
    }
  }

  /** SHR and SAR: b shifted right by a, filled with zeros or with the sign. */
  static void shiftRight(long[] s, int a, int b, boolean signed) {
    long by = clamp(s, a);
    int j = b << 2;
    long fill = signed && s[j + 3] < 0 ? -1 : 0;
    if (by >= 256) {
      for (int k = 0; k < 4; k++) {
        s[j + k] = fill;
      }
      return;
    }
    int words = (int) by >> 6;
    int bits = (int) by & 63;
    for (int k = 0; k < 4; k++) {
      long high = k + words < 4 ? s[j + k + words] : fill;
      long higher = k + words + 1 < 4 ? s[j + k + words + 1] : fill;
      s[j + k] = bits == 0 ? high : high >>> bits | higher << (64 - bits);
    }
  }

  /** SIGNEXTEND: b seen as an integer of a + 1 bytes. */
  static void signExtend(long[] s, int a, int b) {
    long size = clamp(s, a);
    if (size >= 31) {
      return;
    }
    int j = b << 2;
    int bit = (int) size * 8 + 7;
    int word = bit >> 6;
    int shift = 63 - (bit & 63);
    s[j + word] = s[j + word] << shift >> shift;
    long fill = s[j + word] >> 63;
    for (int k = word + 1; k < 4; k++) {
      s[j + k] = fill;
    }
  }

  static void clz(long[] s, int a) {
    int i = a << 2;
    int zeros = 0;
    for (int k = 3; k >= 0; k--) {
      if (s[i + k] != 0) {
        zeros += Long.numberOfLeadingZeros(s[i + k]);
        break;
      }
      zeros += 64;
    }
    set(s, a, zeros);
  }
}
