package dev.klay.crypto.bn254;

import java.math.BigInteger;
import java.util.List;

/**
 * The product of the Miller functions of pairs of points, which share the squarings: the function
 * of 6 z + 2, then the lines through psi(Q) and -psi^2(Q).
 *
 * <p>Source: Vercauteren, Optimal pairings (ePrint 2008/096), section 4.
 */
final class MillerLoop {
  private static final BigInteger LENGTH =
      Curve.Z.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO);

  private static final byte[] DIGITS = SignedDigits.of(LENGTH, 2);

  /** A pair of points, neither infinity, and the multiple of the second that the loop is at. */
  record Term(AffinePoint<Fp> p, AffinePoint<Fp2> q, MillerPoint multiple) {
    Term(AffinePoint<Fp> p, AffinePoint<Fp2> q) {
      this(p, q, new MillerPoint(q));
    }

    Fp12 twice(Fp12 f) {
      return multiple.twice().times(f, p);
    }

    Fp12 add(Fp12 f, AffinePoint<Fp2> point) {
      return multiple.add(point).times(f, p);
    }
  }

  private MillerLoop() {}

  /** The value before the final exponentiation. Uses the terms up. */
  static Fp12 product(List<Term> terms) {
    Fp12 f = Fp12.ONE;
    for (int i = highestDigit() - 1; i >= 0; i--) {
      f = f.square();
      for (Term term : terms) {
        f = term.twice(f);
        if (DIGITS[i] != 0) {
          f = term.add(f, DIGITS[i] > 0 ? term.q() : term.q().negate());
        }
      }
    }
    for (Term term : terms) {
      AffinePoint<Fp2> once = Frobenius.psi(term.q());
      f = term.add(f, once);
      f = term.add(f, Frobenius.psi(once).negate());
    }
    return f;
  }

  private static int highestDigit() {
    int i = DIGITS.length - 1;
    while (DIGITS[i] == 0) {
      i--;
    }
    return i;
  }
}
