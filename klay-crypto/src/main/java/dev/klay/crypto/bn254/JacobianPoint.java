package dev.klay.crypto.bn254;

import java.math.BigInteger;

/**
 * A point (X/Z^2, Y/Z^3) of a curve y^2 = x^3 + b, infinity if Z = 0. Every operation holds for
 * every pair of points: equal, opposite, infinite. Immutable.
 *
 * <p>Source of the formulas: Bernstein and Lange, Explicit-Formulas Database, short Weierstrass
 * curves with a4 = 0 (dbl-2009-l, add-2007-bl).
 */
record JacobianPoint<F extends FieldElement<F>>(F x, F y, F z) {

  boolean isInfinity() {
    return z.isZero();
  }

  JacobianPoint<F> negate() {
    return new JacobianPoint<>(x, y.negate(), z);
  }

  JacobianPoint<F> twice() {
    F a = x.square();
    F b = y.square();
    F c = b.square();
    F d = x.add(b).square().subtract(a).subtract(c).times(2);
    F e = a.times(3);
    F x3 = e.square().subtract(d.times(2));
    F y3 = e.multiply(d.subtract(x3)).subtract(c.times(8));
    return new JacobianPoint<>(x3, y3, y.multiply(z).times(2));
  }

  JacobianPoint<F> add(JacobianPoint<F> other) {
    if (isInfinity()) {
      return other;
    }
    if (other.isInfinity()) {
      return this;
    }
    F z1z1 = z.square();
    F z2z2 = other.z.square();
    F u1 = x.multiply(z2z2);
    F u2 = other.x.multiply(z1z1);
    F s1 = y.multiply(other.z).multiply(z2z2);
    F s2 = other.y.multiply(z).multiply(z1z1);
    F h = u2.subtract(u1);
    F difference = s2.subtract(s1);
    if (h.isZero()) {
      return difference.isZero() ? twice() : infinity();
    }
    F i = h.times(2).square();
    F j = h.multiply(i);
    F r = difference.times(2);
    F v = u1.multiply(i);
    F x3 = r.square().subtract(j).subtract(v.times(2));
    F y3 = r.multiply(v.subtract(x3)).subtract(s1.multiply(j).times(2));
    F z3 = z.multiply(other.z).multiply(h).times(2);
    return new JacobianPoint<>(x3, y3, z3);
  }

  private JacobianPoint<F> infinity() {
    return new JacobianPoint<>(x, y, z.subtract(z));
  }

  /** A multiple of any sign. */
  JacobianPoint<F> multiply(BigInteger scalar) {
    byte[] digits = SignedDigits.of(scalar, 2);
    JacobianPoint<F> result = infinity();
    for (int i = digits.length - 1; i >= 0; i--) {
      result = result.twice();
      if (digits[i] != 0) {
        result = result.add(digits[i] > 0 ? this : negate());
      }
    }
    return result;
  }

  boolean isSameAs(JacobianPoint<F> other) {
    if (isInfinity() || other.isInfinity()) {
      return isInfinity() && other.isInfinity();
    }
    F zz = z.square();
    F otherZz = other.z.square();
    return x.multiply(otherZz).subtract(other.x.multiply(zz)).isZero()
        && y.multiply(otherZz)
            .multiply(other.z)
            .subtract(other.y.multiply(zz).multiply(z))
            .isZero();
  }

  /** The affine coordinates; this is not infinity. */
  AffinePoint<F> toAffine() {
    F inverse = z.inverse();
    F squared = inverse.square();
    return new AffinePoint<>(x.multiply(squared), y.multiply(squared).multiply(inverse));
  }
}
