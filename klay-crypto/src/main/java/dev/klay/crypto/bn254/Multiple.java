package dev.klay.crypto.bn254;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Multiples of points of the first group. The map (x, y) to (beta x, y) with a cube root beta of 1
 * is the multiplication with a number lambda, so k P = k1 P + k2 (lambda P) with k1 and k2 of half
 * the length, and both sums share their doublings.
 *
 * <p>Source: Gallant, Lambert, Vanstone, Faster point multiplication on elliptic curves with
 * efficient endomorphisms (CRYPTO 2001).
 */
final class Multiple {
  private static final Fp BETA =
      Fp.ofHex("30644e72e131a0295e6dd9e7e0acccb0c28f069fbb966e3de4bd44e5607cfd48");

  /** The short vectors (A1, -B) and (B, A2): A1 - B lambda = B + A2 lambda = 0 modulo r. */
  private static final BigInteger B = Curve.Z.shiftLeft(1).add(BigInteger.ONE);

  private static final BigInteger A1 =
      Curve.Z.pow(2).multiply(BigInteger.valueOf(6)).add(Curve.Z.shiftLeft(1));
  private static final BigInteger A2 = A1.add(B);

  /** With eight odd multiples in the table. */
  private static final int WIDTH = 5;

  private Multiple() {}

  /** The multiple of a point by a scalar of any size and sign. */
  static JacobianPoint<Fp> of(JacobianPoint<Fp> point, BigInteger scalar) {
    BigInteger k = scalar.mod(Curve.ORDER);
    BigInteger c1 = k.multiply(A2).divide(Curve.ORDER);
    BigInteger c2 = k.multiply(B).divide(Curve.ORDER);
    BigInteger k1 = k.subtract(c1.multiply(A1)).subtract(c2.multiply(B));
    BigInteger k2 = c1.multiply(B).subtract(c2.multiply(A2));
    return sum(oddMultiples(point), SignedDigits.of(k1, WIDTH), SignedDigits.of(k2, WIDTH));
  }

  private static JacobianPoint<Fp> sum(List<JacobianPoint<Fp>> table, byte[] k1, byte[] k2) {
    JacobianPoint<Fp> result = Curve.G1.infinity();
    for (int i = Math.max(k1.length, k2.length) - 1; i >= 0; i--) {
      result = result.twice();
      if (i < k1.length && k1[i] != 0) {
        result = result.add(entry(table, k1[i]));
      }
      if (i < k2.length && k2[i] != 0) {
        result = result.add(timesLambda(entry(table, k2[i])));
      }
    }
    return result;
  }

  private static List<JacobianPoint<Fp>> oddMultiples(JacobianPoint<Fp> point) {
    JacobianPoint<Fp> step = point.twice();
    List<JacobianPoint<Fp>> table = new ArrayList<>();
    JacobianPoint<Fp> next = point;
    for (int i = 0; i < 1 << (WIDTH - 2); i++) {
      table.add(next);
      next = next.add(step);
    }
    return table;
  }

  private static JacobianPoint<Fp> entry(List<JacobianPoint<Fp>> table, int digit) {
    JacobianPoint<Fp> multiple = table.get(Math.abs(digit) >> 1);
    return digit > 0 ? multiple : multiple.negate();
  }

  private static JacobianPoint<Fp> timesLambda(JacobianPoint<Fp> point) {
    return new JacobianPoint<>(point.x().multiply(BETA), point.y(), point.z());
  }
}
