package dev.klay.crypto.bn254;

/** A point of a curve other than infinity. */
record AffinePoint<F extends FieldElement<F>>(F x, F y) {
  AffinePoint<F> negate() {
    return new AffinePoint<>(x, y.negate());
  }
}
