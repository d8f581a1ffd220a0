package dev.klay.crypto.bn254;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A point of y^2 = x^3 + 3 over the integers modulo p, infinity included. All have the prime order
 * r, so there is no subgroup to look at. Immutable. Source: EIP-196.
 */
public final class G1 {
  /** Bytes of an encoded point. */
  public static final int SIZE = 2 * Fp.SIZE;

  public static final G1 INFINITY = new G1(Curve.G1.infinity());

  /** (1, 2). */
  public static final G1 GENERATOR = new G1(Curve.G1.point(Fp.ONE, Fp.ONE.times(2)));

  final JacobianPoint<Fp> point;

  private G1(JacobianPoint<Fp> point) {
    this.point = point;
  }

  /**
   * Reads 64 bytes, x and y, big-endian; all zero is infinity.
   *
   * @throws InvalidPointException on a coordinate that is not below p, or a point off the curve
   */
  public static G1 read(byte[] source, int offset) {
    Fp x = Fp.decode(source, offset);
    Fp y = Fp.decode(source, offset + Fp.SIZE);
    return x.isZero() && y.isZero() ? INFINITY : new G1(Curve.G1.point(x, y));
  }

  /** 64 bytes as {@link #read} reads them. */
  public byte[] toBytes() {
    byte[] bytes = new byte[SIZE];
    if (!isInfinity()) {
      AffinePoint<Fp> affine = point.toAffine();
      affine.x().encode(bytes, 0);
      affine.y().encode(bytes, Fp.SIZE);
    }
    return bytes;
  }

  public G1 add(G1 other) {
    return new G1(point.add(other.point));
  }

  public G1 negate() {
    return new G1(point.negate());
  }

  /**
   * A multiple. The time depends on the scalar: it must be public.
   *
   * @param scalar any size and sign, taken modulo r
   */
  public G1 multiply(BigInteger scalar) {
    return new G1(Multiple.of(point, scalar));
  }

  /** Whether this is infinity. */
  public boolean isInfinity() {
    return point.isInfinity();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof G1 that && point.isSameAs(that.point);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  @Override
  public String toString() {
    return isInfinity() ? "infinity" : point.toAffine().toString();
  }
}
