package dev.klay.crypto.bls12381;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * c0 + c1 u with u^2 = -1, immutable.
 *
 * @param c0 the real part
 * @param c1 the factor of u
 */
record Fp2(Fp c0, Fp c1) implements FieldElement<Fp2> {
  static final int SIZE = 2 * Fp.SIZE;
  static final Fp2 ZERO = new Fp2(Fp.ZERO, Fp.ZERO);
  static final Fp2 ONE = new Fp2(Fp.ONE, Fp.ZERO);

  /** 1 + u, which is neither a square nor a cube; the next fields adjoin its roots. */
  static final Fp2 XI = new Fp2(Fp.ONE, Fp.ONE);

  private static final Fp HALF = Fp.ONE.times(2).inverse();

  /** c0 then c1, 48 bytes each, as EIP-2537 has it. */
  static Fp2 decode(byte[] source, int offset) {
    return new Fp2(Fp.decode(source, offset), Fp.decode(source, offset + Fp.SIZE));
  }

  @Override
  public Fp2 add(Fp2 other) {
    return new Fp2(c0.add(other.c0), c1.add(other.c1));
  }

  @Override
  public Fp2 subtract(Fp2 other) {
    return new Fp2(c0.subtract(other.c0), c1.subtract(other.c1));
  }

  @Override
  public Fp2 negate() {
    return new Fp2(c0.negate(), c1.negate());
  }

  Fp2 conjugate() {
    return new Fp2(c0, c1.negate());
  }

  @Override
  public Fp2 multiply(Fp2 other) {
    return new Fp2(
        Fp.sumOfProducts(c0, other.c0, c1.negate(), other.c1),
        Fp.sumOfProducts(c0, other.c1, c1, other.c0));
  }

  Fp2 multiply(Fp factor) {
    return new Fp2(c0.multiply(factor), c1.multiply(factor));
  }

  /** Times 1 + u. */
  Fp2 multiplyByXi() {
    return new Fp2(c0.subtract(c1), c0.add(c1));
  }

  @Override
  public Fp2 square() {
    return new Fp2(c0.add(c1).multiply(c0.subtract(c1)), c0.times(2).multiply(c1));
  }

  @Override
  public Fp2 times(int factor) {
    return new Fp2(c0.times(factor), c1.times(factor));
  }

  /** k a + n b, |k| + |n| at most 24. */
  static Fp2 combine(Fp2 a, int k, Fp2 b, int n) {
    return new Fp2(Fp.combine(a.c0, k, b.c0, n), Fp.combine(a.c1, k, b.c1, n));
  }

  @Override
  public Fp2 inverse() {
    Fp scale = norm().inverse();
    return new Fp2(c0.multiply(scale), c1.negate().multiply(scale));
  }

  private Fp norm() {
    return Fp.sumOfProducts(c0, c0, c1, c1);
  }

  Fp2 pow(BigInteger exponent) {
    Fp2 result = ONE;
    for (int i = exponent.bitLength() - 1; i >= 0; i--) {
      result = result.square();
      if (exponent.testBit(i)) {
        result = result.multiply(this);
      }
    }
    return result;
  }

  /**
   * With (x + y u)^2 = c0 + c1 u, x^2 is (c0 + s)/2 for one of the two roots s of the norm, and y =
   * c1/(2x). The norm of a square is a square, so a norm without root ends the search.
   */
  @Override
  public @Nullable Fp2 sqrt() {
    if (c1.isZero()) {
      return rootOfReal();
    }
    Fp s = norm().sqrt();
    if (s == null) {
      return null;
    }
    Fp x = c0.add(s).multiply(HALF).sqrt();
    if (x == null) {
      x = c0.subtract(s).multiply(HALF).sqrt();
    }
    return x == null ? null : new Fp2(x, c1.multiply(HALF).multiply(x.inverse()));
  }

  /** Of c0 and -c0 one is a square, since -1 is none. */
  private Fp2 rootOfReal() {
    Fp root = c0.sqrt();
    if (root != null) {
      return new Fp2(root, Fp.ZERO);
    }
    Fp imaginary = c0.negate().sqrt();
    if (imaginary == null) {
      throw new AssertionError("neither " + c0 + " nor its negative is a square");
    }
    return new Fp2(Fp.ZERO, imaginary);
  }

  @Override
  public boolean isZero() {
    return c0.isZero() && c1.isZero();
  }

  @Override
  public boolean isOdd() {
    return c0.isOdd() || (c0.isZero() && c1.isOdd());
  }

  @Override
  public boolean isGreaterThanNegative() {
    return c1.isZero() ? c0.isGreaterThanNegative() : c1.isGreaterThanNegative();
  }

  @Override
  public void encode(byte[] target, int offset) {
    c0.encode(target, offset);
    c1.encode(target, offset + Fp.SIZE);
  }
}
