package dev.klay.crypto.bn254;

import java.math.BigInteger;

/**
 * y^2 = x^3 + b over a field.
 *
 * @param zero of the field
 * @param one of the field
 * @param b of the equation
 */
record Curve<F extends FieldElement<F>>(F zero, F one, F b) {

  /** The parameter of the family of Barreto and Naehrig, u in EIP-197's sources. */
  static final BigInteger Z = new BigInteger("44e992b44a6909f1", 16);

  /** The order r of both groups. Source: EIP-197. */
  static final BigInteger ORDER =
      new BigInteger("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16);

  /** y^2 = x^3 + 3, all of whose points have order r. */
  static final Curve<Fp> G1 = new Curve<>(Fp.ZERO, Fp.ONE, Fp.ONE.times(3));

  /** y^2 = x^3 + 3 / (9 + u), the twist, with more points than the subgroup of order r. */
  static final Curve<Fp2> G2 = new Curve<>(Fp2.ZERO, Fp2.ONE, Fp2.XI.inverse().times(3));

  JacobianPoint<F> infinity() {
    return new JacobianPoint<>(one, one, zero);
  }

  /** The point with these coordinates; {@link InvalidPointException} if it is not on the curve. */
  JacobianPoint<F> point(F x, F y) {
    if (!y.square().subtract(x.square().multiply(x).add(b)).isZero()) {
      throw new InvalidPointException("a point is not on the curve");
    }
    return new JacobianPoint<>(x, y, one);
  }
}
