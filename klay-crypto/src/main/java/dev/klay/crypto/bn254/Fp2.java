package dev.klay.crypto.bn254;

import java.math.BigInteger;

/**
 * c0 + c1 u with u^2 = -1, immutable.
 *
 * @param c0 the real part
 * @param c1 the factor of u
 */
record Fp2(Fp c0, Fp c1) implements FieldElement<Fp2> {
  static final Fp2 ZERO = new Fp2(Fp.ZERO, Fp.ZERO);
  static final Fp2 ONE = new Fp2(Fp.ONE, Fp.ZERO);

  /** 9 + u, which is neither a square nor a cube; the next fields adjoin its roots. */
  static final Fp2 XI = new Fp2(Fp.ONE.times(9), Fp.ONE);

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

  /** Times 9 + u. */
  Fp2 multiplyByXi() {
    return new Fp2(Fp.combine(c0, 9, c1, -1), Fp.combine(c0, 1, c1, 9));
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
    Fp scale = Fp.sumOfProducts(c0, c0, c1, c1).inverse();
    return new Fp2(c0.multiply(scale), c1.negate().multiply(scale));
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

  @Override
  public boolean isZero() {
    return c0.isZero() && c1.isZero();
  }
}
