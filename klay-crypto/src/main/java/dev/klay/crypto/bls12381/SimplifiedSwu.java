package dev.klay.crypto.bls12381;

/**
 * The simplified Shallue-van de Woestijne-Ulas map onto y^2 = x^3 + a x + b. Source: RFC 9380
 * section 6.6.2.
 */
final class SimplifiedSwu<F extends FieldElement<F>> {
  private final F a;
  private final F b;
  private final F z;
  private final F minusBOverA;
  private final F exceptionalX;

  /**
   * The map of a suite.
   *
   * @param a not zero
   * @param b not zero
   * @param z the suite's constant, not a square
   */
  SimplifiedSwu(F a, F b, F z) {
    this.a = a;
    this.b = b;
    this.z = z;
    this.minusBOverA = b.negate().multiply(a.inverse());
    this.exceptionalX = b.multiply(z.multiply(a).inverse());
  }

  /** A point of the curve for every element; never infinity. */
  AffinePoint<F> map(F u) {
    F zuu = z.multiply(u.square());
    F tv1 = zuu.square().add(zuu).inverse();
    F x1 = tv1.isZero() ? exceptionalX : minusBOverA.multiply(tv1).add(minusBOverA);
    F x = x1;
    F y = rightSide(x1).sqrt();
    if (y == null) {
      x = zuu.multiply(x1);
      y = rightSide(x).sqrt();
    }
    if (y == null) {
      throw new AssertionError("neither candidate has a root for " + u);
    }
    return new AffinePoint<>(x, y.isOdd() == u.isOdd() ? y : y.negate());
  }

  private F rightSide(F x) {
    return x.square().add(a).multiply(x).add(b);
  }
}
