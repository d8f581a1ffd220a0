package dev.klay.crypto.bls12381;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A point (X/Z^2, Y/Z^3) of a curve y^2 = x^3 + b, infinity if Z = 0. Every operation holds for
 * every pair of points: equal, opposite, infinite. Immutable.
 *
 * <p>Source of the formulas: Bernstein and Lange, Explicit-Formulas Database, short Weierstrass
 * curves with a4 = 0 (dbl-2009-l, add-2007-bl, madd-2007-bl).
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

  /** The sum with a point of Z = 1; {@code one} is the one of the field. */
  JacobianPoint<F> add(AffinePoint<F> other, F one) {
    if (isInfinity()) {
      return new JacobianPoint<>(other.x(), other.y(), one);
    }
    F zz = z.square();
    F h = other.x().multiply(zz).subtract(x);
    F difference = other.y().multiply(z).multiply(zz).subtract(y);
    if (h.isZero()) {
      return difference.isZero() ? twice() : infinity();
    }
    F hh = h.square();
    F i = hh.times(4);
    F j = h.multiply(i);
    F r = difference.times(2);
    F v = x.multiply(i);
    F x3 = r.square().subtract(j).subtract(v.times(2));
    F y3 = r.multiply(v.subtract(x3)).subtract(y.multiply(j).times(2));
    F z3 = z.multiply(h).times(2);
    return new JacobianPoint<>(x3, y3, z3);
  }

  private JacobianPoint<F> infinity() {
    return new JacobianPoint<>(x, y, z.subtract(z));
  }

  /** A non-negative multiple, bit by bit: for the few scalars that have few bits set. */
  JacobianPoint<F> multiply(BigInteger scalar) {
    JacobianPoint<F> result = infinity();
    for (int i = scalar.bitLength() - 1; i >= 0; i--) {
      result = result.twice();
      if (scalar.testBit(i)) {
        result = result.add(this);
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
    return toAffine(z.inverse());
  }

  private AffinePoint<F> toAffine(F inverse) {
    F squared = inverse.square();
    return new AffinePoint<>(x.multiply(squared), y.multiply(squared).multiply(inverse));
  }

  /** Affine coordinates of many points, none at infinity, for one inversion in all. */
  static <F extends FieldElement<F>> List<AffinePoint<F>> toAffine(List<JacobianPoint<F>> points) {
    if (points.isEmpty()) {
      return List.of();
    }
    List<F> products = new ArrayList<>(points.size());
    F product = points.get(0).z;
    products.add(product);
    for (int i = 1; i < points.size(); i++) {
      product = product.multiply(points.get(i).z);
      products.add(product);
    }
    F inverse = product.inverse();
    List<AffinePoint<F>> reversed = new ArrayList<>(points.size());
    for (int i = points.size() - 1; i > 0; i--) {
      JacobianPoint<F> point = points.get(i);
      reversed.add(point.toAffine(inverse.multiply(products.get(i - 1))));
      inverse = inverse.multiply(point.z);
    }
    reversed.add(points.get(0).toAffine(inverse));
    Collections.reverse(reversed);
    return reversed;
  }
}
