package dev.klay.crypto.bn254;

/**
 * A line through points of the twisted curve, up to a factor in {@link Fp2}, which the final
 * exponentiation removes: at a point (x, y) of G1 its value is c0 y + (c3 x + c4 v) w.
 */
record Line(Fp2 c0, Fp2 c3, Fp2 c4) {
  Fp12 times(Fp12 f, AffinePoint<Fp> p) {
    return f.multiplyByLine(c0.multiply(p.y()), c3.multiply(p.x()), c4);
  }
}
