package dev.klay.crypto.bn254;

import java.math.BigInteger;

/** c0 + c1 w over {@link Fp6} with w^2 = v, immutable: the field of the pairing's values. */
record Fp12(Fp6 c0, Fp6 c1) {
  static final Fp12 ONE = new Fp12(Fp6.ONE, Fp6.ZERO);

  /** w^(p-1) to the powers 0 to 5; w^6 = 9 + u. */
  private static final Fp2[] FROBENIUS = frobeniusFactors();

  Fp12 multiply(Fp12 other) {
    Fp6 p0 = c0.multiply(other.c0);
    Fp6 p1 = c1.multiply(other.c1);
    Fp6 cross = c0.add(c1).multiply(other.c0.add(other.c1)).subtract(p0.add(p1));
    return new Fp12(p1.multiplyByV().add(p0), cross);
  }

  /** Times b0 + (b3 + b4 v) w, the shape of a line. */
  Fp12 multiplyByLine(Fp2 b0, Fp2 b3, Fp2 b4) {
    Fp6 p0 = c0.multiply(b0);
    Fp6 p1 = c1.multiply(b3, b4);
    Fp6 cross = c0.add(c1).multiply(b0.add(b3), b4).subtract(p0.add(p1));
    return new Fp12(p1.multiplyByV().add(p0), cross);
  }

  /** Complex squaring: two products in {@link Fp6}. */
  Fp12 square() {
    Fp6 product = c0.multiply(c1);
    Fp6 sum = c0.add(c1).multiply(c1.multiplyByV().add(c0));
    return new Fp12(sum.subtract(product.multiplyByV().add(product)), product.add(product));
  }

  /**
   * The square of an element of the cyclotomic subgroup, where everything lies after the easy part
   * of the final exponentiation. Source: Granger and Scott, Faster squaring in the cyclotomic
   * subgroup of sixth degree extensions.
   */
  Fp12 cyclotomicSquare() {
    Fp4 a = Fp4.squareOf(c0.c0(), c1.c1());
    Fp4 b = Fp4.squareOf(c1.c0(), c0.c2());
    Fp4 c = Fp4.squareOf(c0.c1(), c1.c2());
    return new Fp12(
        new Fp6(
            Fp2.combine(a.c0, 3, c0.c0(), -2),
            Fp2.combine(b.c0, 3, c0.c1(), -2),
            Fp2.combine(c.c0, 3, c0.c2(), -2)),
        new Fp6(
            Fp2.combine(c.c1.multiplyByXi(), 3, c1.c0(), 2),
            Fp2.combine(a.c1, 3, c1.c1(), 2),
            Fp2.combine(b.c1, 3, c1.c2(), 2)));
  }

  /** The power p^6; the inverse of an element of the cyclotomic subgroup. */
  Fp12 conjugate() {
    return new Fp12(c0, c1.negate());
  }

  /** The power p. */
  Fp12 frobenius() {
    return new Fp12(
        new Fp6(
            c0.c0().conjugate(),
            c0.c1().conjugate().multiply(FROBENIUS[2]),
            c0.c2().conjugate().multiply(FROBENIUS[4])),
        new Fp6(
            c1.c0().conjugate().multiply(FROBENIUS[1]),
            c1.c1().conjugate().multiply(FROBENIUS[3]),
            c1.c2().conjugate().multiply(FROBENIUS[5])));
  }

  Fp12 inverse() {
    Fp6 scale = c0.multiply(c0).subtract(c1.multiply(c1).multiplyByV()).inverse();
    return new Fp12(c0.multiply(scale), c1.multiply(scale).negate());
  }

  private static Fp2[] frobeniusFactors() {
    Fp2 step = Fp2.XI.pow(Fp.P.subtract(BigInteger.ONE).divide(BigInteger.valueOf(6)));
    Fp2[] factors = new Fp2[6];
    factors[0] = Fp2.ONE;
    for (int i = 1; i < factors.length; i++) {
      factors[i] = factors[i - 1].multiply(step);
    }
    return factors;
  }

  /** c0 + c1 s with s^2 = 9 + u. */
  private record Fp4(Fp2 c0, Fp2 c1) {
    static Fp4 squareOf(Fp2 a, Fp2 b) {
      Fp2 aa = a.square();
      Fp2 bb = b.square();
      return new Fp4(bb.multiplyByXi().add(aa), a.add(b).square().subtract(aa.add(bb)));
    }
  }
}
