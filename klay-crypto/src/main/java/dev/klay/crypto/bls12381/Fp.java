package dev.klay.crypto.bls12381;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An integer modulo p, immutable. See {@link Montgomery} for the representation. */
final class Fp implements FieldElement<Fp> {
  static final int SIZE = 48;

  /** The modulus p. */
  static final BigInteger P =
      new BigInteger(
          "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf"
              + "6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
          16);

  static final Fp ZERO = new Fp(new long[Montgomery.LIMBS]);

  private static final int LIMB_BYTES = Montgomery.BITS / 8;
  private static final BigInteger R =
      BigInteger.ONE.shiftLeft(Montgomery.BITS * Montgomery.LIMBS).mod(P);
  private static final long[] R_SQUARED = limbs(bytes(R.multiply(R).mod(P)), 0);
  private static final long[] UNIT = {1, 0, 0, 0, 0, 0, 0};
  private static final long[] P_THIRTY =
      repacked(limbs(bytes(P), 0), Montgomery.BITS, Inversion.BITS, Inversion.LIMBS);
  private static final long P_INVERSE_THIRTY =
      P.modInverse(BigInteger.ONE.shiftLeft(Inversion.BITS)).longValueExact();
  private static final byte[] P_BYTES = bytes(P);
  private static final byte[] HALF_P_BYTES = bytes(P.shiftRight(1));
  private static final BigInteger SQRT_EXPONENT = P.add(BigInteger.ONE).shiftRight(2);

  static final Fp ONE = new Fp(Montgomery.product(UNIT, R_SQUARED));

  private final long[] limbs;

  private Fp(long[] limbs) {
    this.limbs = limbs;
  }

  /** 48 bytes, big-endian; {@link InvalidPointException} unless below p. */
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

  /** At most 96 hexadecimal digits. */
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
    if (isZero()) {
      return ZERO;
    }
    long[] number = repacked(canonical(), Montgomery.BITS, Inversion.BITS, Inversion.LIMBS);
    long[] inverse = Inversion.invert(number, P_THIRTY, P_INVERSE_THIRTY);
    long[] again = repacked(inverse, Inversion.BITS, Montgomery.BITS, Montgomery.LIMBS);
    return new Fp(Montgomery.product(again, R_SQUARED));
  }

  /** This to the power of a non-negative exponent, four bits of it at a time. */
  Fp pow(BigInteger exponent) {
    Fp[] powers = new Fp[16];
    powers[0] = ONE;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1].multiply(this);
    }
    Fp result = ONE;
    for (int i = (exponent.bitLength() + 3) / 4 - 1; i >= 0; i--) {
      result = result.square().square().square().square();
      int digit = digit(exponent, i);
      if (digit != 0) {
        result = result.multiply(powers[digit]);
      }
    }
    return result;
  }

  private static int digit(BigInteger exponent, int index) {
    int digit = 0;
    for (int bit = 3; bit >= 0; bit--) {
      digit = 2 * digit + (exponent.testBit(4 * index + bit) ? 1 : 0);
    }
    return digit;
  }

  /** p = 3 modulo 4, so x^((p+1)/4) is a root if there is one. */
  @Override
  public @Nullable Fp sqrt() {
    Fp candidate = pow(SQRT_EXPONENT);
    return candidate.square().equals(this) ? candidate : null;
  }

  @Override
  public boolean isZero() {
    long[] a = limbs;
    long[] rest =
        Montgomery.normalized(Montgomery.reduced(a[0], a[1], a[2], a[3], a[4], a[5], a[6]));
    return (rest[0] | rest[1] | rest[2] | rest[3] | rest[4] | rest[5] | rest[6]) == 0;
  }

  @Override
  public boolean isOdd() {
    return (toBytes()[SIZE - 1] & 1) != 0;
  }

  @Override
  public boolean isGreaterThanNegative() {
    return Arrays.compareUnsigned(toBytes(), HALF_P_BYTES) > 0;
  }

  @Override
  public void encode(byte[] target, int offset) {
    long[] canonical = canonical();
    for (int i = 0; i < SIZE; i++) {
      target[offset + SIZE - 1 - i] =
          (byte) (canonical[i / LIMB_BYTES] >> (Byte.SIZE * (i % LIMB_BYTES)));
    }
  }

  BigInteger toBigInteger() {
    return new BigInteger(1, toBytes());
  }

  private byte[] toBytes() {
    byte[] bytes = new byte[SIZE];
    encode(bytes, 0);
    return bytes;
  }

  /** The limbs of the number itself, 0 to p-1: out of Montgomery form, p added if below zero. */
  private long[] canonical() {
    long[] a = Montgomery.product(limbs, UNIT);
    long[] rest =
        Montgomery.normalized(Montgomery.reduced(a[0], a[1], a[2], a[3], a[4], a[5], a[6]));
    if (rest[Montgomery.LIMBS - 1] >= 0) {
      return rest;
    }
    rest[0] += Montgomery.P0;
    rest[1] += Montgomery.P1;
    rest[2] += Montgomery.P2;
    rest[3] += Montgomery.P3;
    rest[4] += Montgomery.P4;
    rest[5] += Montgomery.P5;
    rest[6] += Montgomery.P6;
    return Montgomery.normalized(rest);
  }

  private static long[] limbs(byte[] source, int offset) {
    long[] limbs = new long[Montgomery.LIMBS];
    for (int i = 0; i < SIZE; i++) {
      long value = source[offset + SIZE - 1 - i] & 0xffL;
      limbs[i / LIMB_BYTES] |= value << (Byte.SIZE * (i % LIMB_BYTES));
    }
    return limbs;
  }

  /** The same number of non-negative limbs in limbs of another size. */
  private static long[] repacked(long[] source, int bits, int newBits, int newLimbs) {
    long[] target = new long[newLimbs];
    for (int i = 0; i < source.length; i++) {
      int position = i * bits;
      for (long rest = source[i]; rest != 0; ) {
        int offset = position % newBits;
        int taken = newBits - offset;
        target[position / newBits] |= (rest & ((1L << taken) - 1)) << offset;
        rest >>>= taken;
        position += taken;
      }
    }
    return target;
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
