package dev.klay.crypto.bls12381;

import java.math.BigInteger;

/**
 * The maps of each curve to itself that cost a multiplication or two and are, on the subgroup of
 * order r, multiplication by a power of z.
 */
final class Endomorphisms {
  /**
   * The cube root of 1 in Fp for which (beta x, y) is the multiple -z^2; the other root gives z^2 -
   * 1.
   */
  private static final Fp BETA =
      Fp.ofHex(
          "5f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688" + "de17d813620a00022e01fffffffefffe");

  /** (1 + u)^(-(p-1)/3). */
  private static final Fp2 PSI_X = Fp2.XI.pow(fractionOfOrder(3)).inverse();

  /** (1 + u)^(-(p-1)/2). */
  private static final Fp2 PSI_Y = Fp2.XI.pow(fractionOfOrder(2)).inverse();

  private Endomorphisms() {}

  /** The multiple z^2 of a point of the first subgroup. */
  static JacobianPoint<Fp> squareOfZ(JacobianPoint<Fp> point) {
    return new JacobianPoint<>(point.x().multiply(BETA), point.y().negate(), point.z());
  }

  /** The multiple |z| of a point of the second subgroup. */
  static JacobianPoint<Fp2> absoluteZ(JacobianPoint<Fp2> point) {
    return psi(point).negate();
  }

  /**
   * The Frobenius map seen from the twist; the multiple z on the subgroup. Source: RFC 9380
   * appendix G.3, psi.
   */
  static JacobianPoint<Fp2> psi(JacobianPoint<Fp2> point) {
    return new JacobianPoint<>(
        point.x().conjugate().multiply(PSI_X),
        point.y().conjugate().multiply(PSI_Y),
        point.z().conjugate());
  }

  private static BigInteger fractionOfOrder(int divisor) {
    return Fp.P.subtract(BigInteger.ONE).divide(BigInteger.valueOf(divisor));
  }
}
