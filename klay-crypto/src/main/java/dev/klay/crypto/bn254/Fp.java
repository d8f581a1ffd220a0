package dev.klay.crypto.bn254;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An integer modulo p, immutable. See {@link Montgomery} for the representation. */
final class Fp implements FieldElement<Fp> {
  static final int SIZE = 32;

  /** The modulus p. Source: EIP-196. */
  static final BigInteger P =
      new BigInteger("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47", 16);

  static final Fp ZERO = new Fp(new long[Montgomery.LIMBS]);

  private static final BigInteger R =
      BigInteger.ONE.shiftLeft(Montgomery.BITS * Montgomery.LIMBS).mod(P);
  private static final long[] R_SQUARED = limbs(bytes(R.multiply(R).mod(P)), 0);
  private static final long[] UNIT = {1, 0, 0, 0, 0};
  private static final byte[] P_BYTES = bytes(P);

  static final Fp ONE = new Fp(Montgomery.product(UNIT, R_SQUARED));

  private final long[] limbs;

  private Fp(long[] limbs) {
    this.limbs = limbs;
  }

  /** 32 bytes, big-endian; {@link InvalidPointException} unless below p. */
  static Fp decode(byte[] source, int offset) {
    if (Arrays.compareUnsigned(source, offset, offset + SIZE, P_BYTES, 0, SIZE) >= 0) {
      throw new InvalidPointException("a coordinate is not below the field modulus");
    }
    return new Fp(Montgomery.product(limbs(source, offset), R_SQUARED));
  }

  /** Any integer, taken modulo p. */
  static Fp of(BigInteger value) {
    return decode(bytes(value.mod(P)), 0);
  }

  /** Any hexadecimal digits, taken modulo p. */
  static Fp ofHex(String hex) {
    return of(new BigInteger(hex, 16));
  }

  @Override
  public Fp add(Fp other) {
    return new Fp(Montgomery.sum(limbs, other.limbs));
  }

  @Override
  public Fp subtract(Fp other) {
    return new Fp(Montgomery.difference(limbs, other.limbs));
  }

  @Override
  public Fp negate() {
    return new Fp(Montgomery.negative(limbs));
  }

  @Override
  public Fp multiply(Fp other) {
    return new Fp(Montgomery.product(limbs, other.limbs));
  }

  /** a b + c d. */
  static Fp sumOfProducts(Fp a, Fp b, Fp c, Fp d) {
    return new Fp(Montgomery.sumOfProducts(a.limbs, b.limbs, c.limbs, d.limbs));
  }

  /** k a + n b, |k| + |n| at most 24. */
  static Fp combine(Fp a, int k, Fp b, int n) {
    return new Fp(Montgomery.combine(a.limbs, k, b.limbs, n));
  }

  @Override
  public Fp square() {
    return new Fp(Montgomery.square(limbs));
  }

  @Override
  public Fp times(int factor) {
    return new Fp(Montgomery.combine(limbs, factor, limbs, 0));
  }

  @Override
  public Fp inverse() {
    return isZero() ? ZERO : of(toBigInteger().modInverse(P));
  }

  @Override
  public boolean isZero() {
    long[] a = limbs;
    long[] rest = Montgomery.normalized(Montgomery.reduced(a[0], a[1], a[2], a[3], a[4]));
    return (rest[0] | rest[1] | rest[2] | rest[3] | rest[4]) == 0;
  }

  /** Writes 32 bytes, big-endian. */
  void encode(byte[] target, int offset) {
    long[] a = canonical();
    ByteBuffer.wrap(target, offset, SIZE)
        .putLong(a[3] >> 36 | a[4] << 16)
        .putLong(a[2] >> 24 | a[3] << 28)
        .putLong(a[1] >> 12 | a[2] << 40)
        .putLong(a[0] | a[1] << 52);
  }

  BigInteger toBigInteger() {
    byte[] bytes = new byte[SIZE];
    encode(bytes, 0);
    return new BigInteger(1, bytes);
  }

  /** The limbs of the number itself, 0 to p-1: out of Montgomery form, p added if below zero. */
  private long[] canonical() {
    long[] a = Montgomery.product(limbs, UNIT);
    long[] rest = Montgomery.normalized(Montgomery.reduced(a[0], a[1], a[2], a[3], a[4]));
    if (rest[Montgomery.LIMBS - 1] >= 0) {
      return rest;
    }
    rest[0] += Montgomery.P0;
    rest[1] += Montgomery.P1;
    rest[2] += Montgomery.P2;
    rest[3] += Montgomery.P3;
    rest[4] += Montgomery.P4;
    return Montgomery.normalized(rest);
  }

  /** 32 bytes, big-endian, cut into limbs of 52 bits. */
  private static long[] limbs(byte[] source, int offset) {
    ByteBuffer words = ByteBuffer.wrap(source, offset, SIZE);
    long w3 = words.getLong();
    long w2 = words.getLong();
    long w1 = words.getLong();
    long w0 = words.getLong();
    return new long[] {
      w0 & Montgomery.MASK,
      (w0 >>> 52 | w1 << 12) & Montgomery.MASK,
      (w1 >>> 40 | w2 << 24) & Montgomery.MASK,
      (w2 >>> 28 | w3 << 36) & Montgomery.MASK,
      w3 >>> 16
    };
  }

  private static byte[] bytes(BigInteger value) {
    byte[] bytes = new byte[SIZE];
    byte[] digits = value.toByteArray();
    int length = Math.min(SIZE, digits.length);
    System.arraycopy(digits, digits.length - length, bytes, SIZE - length, length);
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fp that && subtract(that).isZero();
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(canonical());
  }

  @Override
  public String toString() {
    return "0x" + toBigInteger().toString(16);
  }
}
