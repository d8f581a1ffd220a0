package dev.klay.crypto.bls12381;

import java.util.Iterator;
import java.util.List;

/** The product of the Miller functions of pairs of points, which share the squarings. */
final class MillerLoop {
  /** A point of G1 and the lines of a point of G2, neither infinity. */
  record Term(AffinePoint<Fp> p, Iterator<Line> lines) {}

  private MillerLoop() {}

  /** The value before the final exponentiation. Uses the iterators of the terms up. */
  static Fp12 product(List<Term> terms) {
    Fp12 f = Fp12.ONE;
    for (int bit = Curve.Z.bitLength() - 2; bit >= 0; bit--) {
      f = multiplyByLines(f.square(), terms);
      if (Curve.Z.testBit(bit)) {
        f = multiplyByLines(f, terms);
      }
    }
    return f.conjugate(); // z is negative
  }

  private static Fp12 multiplyByLines(Fp12 f, List<Term> terms) {
    Fp12 result = f;
    for (Term term : terms) {
      Line line = term.lines().next();
      result =
          result.multiplyByLine(
              line.c0(), line.c1().multiply(term.p().x()), line.c4().multiply(term.p().y()));
    }
    return result;
  }
}
