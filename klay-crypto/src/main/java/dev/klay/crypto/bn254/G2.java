package dev.klay.crypto.bn254;

import org.jspecify.annotations.Nullable;

/**
 * A point of y^2 = x^3 + 3 / (9 + u), over the integers modulo p with u^2 = -1 adjoined, in the
 * subgroup of prime order r; infinity included. Immutable. Source: EIP-197.
 */
public final class G2 {
  /** Bytes of an encoded point. */
  public static final int SIZE = 4 * Fp.SIZE;

  public static final G2 INFINITY = new G2(Curve.G2.infinity());

  final JacobianPoint<Fp2> point;

  private G2(JacobianPoint<Fp2> point) {
    this.point = point;
  }

  /** A point of which it is certain that it lies in the subgroup. */
  static G2 ofSubgroup(JacobianPoint<Fp2> point) {
    return new G2(point);
  }

  /**
   * Reads 128 bytes, x and y, of each the factor of u before the real part, big-endian; all zero is
   * infinity.
   *
   * @throws InvalidPointException on a part that is not below p, a point off the curve, or a point
   *     outside the subgroup
   */
  public static G2 read(byte[] source, int offset) {
    Fp2 x = readPair(source, offset);
    Fp2 y = readPair(source, offset + 2 * Fp.SIZE);
    if (x.isZero() && y.isZero()) {
      return INFINITY;
    }
    JacobianPoint<Fp2> point = Curve.G2.point(x, y);
    if (!Frobenius.isInSubgroup(point)) {
      throw new InvalidPointException("a point of G2 is outside the subgroup of order r");
    }
    return ofSubgroup(point);
  }

  private static Fp2 readPair(byte[] source, int offset) {
    return new Fp2(Fp.decode(source, offset + Fp.SIZE), Fp.decode(source, offset));
  }

  /** Whether this is infinity. */
  public boolean isInfinity() {
    return point.isInfinity();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof G2 that && point.isSameAs(that.point);
  }

  @Override
  public int hashCode() {
    return isInfinity() ? 0 : point.toAffine().hashCode();
  }

  @Override
  public String toString() {
    return isInfinity() ? "infinity" : point.toAffine().toString();
  }
}
