package dev.klay.crypto.bn254;

import java.math.BigInteger;

/** psi, the Frobenius map seen from the twist, and what it tells about the subgroup of order r. */
final class Frobenius {
  /** (9 + u)^((p-1)/3). */
  private static final Fp2 X_FACTOR = Fp2.XI.pow(fractionOfOrder(3));

  /** (9 + u)^((p-1)/2). */
  private static final Fp2 Y_FACTOR = Fp2.XI.pow(fractionOfOrder(2));

  private Frobenius() {}

  static AffinePoint<Fp2> psi(AffinePoint<Fp2> point) {
    return new AffinePoint<>(
        point.x().conjugate().multiply(X_FACTOR), point.y().conjugate().multiply(Y_FACTOR));
  }

  static JacobianPoint<Fp2> psi(JacobianPoint<Fp2> point) {
    return new JacobianPoint<>(
        point.x().conjugate().multiply(X_FACTOR),
        point.y().conjugate().multiply(Y_FACTOR),
        point.z().conjugate());
  }

  /**
   * Whether r times the point is infinity, for a quarter of the work: whether (z + 1) Q + psi(z Q)
   * + psi^2(z Q) = psi^3(2 z Q). Source: Dai, Lin, Zhao, Zhou, Fast subgroup membership testings on
   * pairing-friendly curves (ePrint 2022/348), section 5.
   */
  static boolean isInSubgroup(JacobianPoint<Fp2> point) {
    JacobianPoint<Fp2> multiple = point.multiply(Curve.Z);
    JacobianPoint<Fp2> once = psi(multiple);
    JacobianPoint<Fp2> twice = psi(once);
    return multiple.add(point).add(once).add(twice).isSameAs(psi(twice).twice());
  }

  private static BigInteger fractionOfOrder(int divisor) {
    return Fp.P.subtract(BigInteger.ONE).divide(BigInteger.valueOf(divisor));
  }
}
