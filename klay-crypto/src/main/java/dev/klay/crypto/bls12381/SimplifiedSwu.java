package dev.klay.crypto.bls12381;

/**
 * The simplified Shallue-van de Woestijne-Ulas map onto y^2 = x^3 + a x + b. Source: RFC 9380
 * section 6.6.2.
 *
 * @param a not zero
 * @param b not zero
 * @param z the suite's constant, not a square
 */
record SimplifiedSwu<F extends FieldElement<F>>(F a, F b, F z) {

  /** A point of the curve for every element; never infinity. */
  AffinePoint<F> map(F u) {
    F zuu = z.multiply(u.square());
    F tv1 = zuu.square().add(zuu).inverse();
    F minusBOverA = b.negate().multiply(a.inverse());
    F x1 =
        tv1.isZero()
            ? b.multiply(z.multiply(a).inverse())
            : minusBOverA.multiply(tv1).add(minusBOverA);
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
