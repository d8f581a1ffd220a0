package dev.klay.crypto.bls12381;

import java.math.BigInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * y^2 = x^3 + b over a field, with the subgroup of order r and its fast endomorphism.
 *
 * @param zero of the field
 * @param one of the field
 * @param b of the equation
 * @param elementSize bytes of an encoded element of the field
 * @param elements reads such an element
 * @param endomorphism on the subgroup, multiplication by {@code radix}; leaves Z = 1 as it is
 * @param radix what the endomorphism multiplies with
 * @param digits how many digits in that radix a number below r has
 */
record Curve<F extends FieldElement<F>>(
    F zero,
    F one,
    F b,
    int elementSize,
    ElementDecoder<F> elements,
    UnaryOperator<JacobianPoint<F>> endomorphism,
    BigInteger radix,
    int digits) {

  /** |z|, the parameter of the family; z itself is negative. */
  static final BigInteger Z = new BigInteger("d201000000010000", 16);

  /** r = z^4 - z^2 + 1, the order of both groups. */
  static final BigInteger ORDER = Z.pow(4).subtract(Z.pow(2)).add(BigInteger.ONE);

  static final Curve<Fp> G1 =
      new Curve<>(
          Fp.ZERO,
          Fp.ONE,
          Fp.ONE.times(4),
          Fp.SIZE,
          Fp::decode,
          Endomorphisms::squareOfZ,
          Z.pow(2),
          2);

  static final Curve<Fp2> G2 =
      new Curve<>(
          Fp2.ZERO,
          Fp2.ONE,
          Fp2.XI.times(4),
          Fp2.SIZE,
          Fp2::decode,
          Endomorphisms::absoluteZ,
          Z,
          4);

  /** Reads a field element; throws {@link InvalidPointException} if it is not canonical. */
  interface ElementDecoder<F> {
    F decode(byte[] source, int offset);
  }

  JacobianPoint<F> infinity() {
    return new JacobianPoint<>(one, one, zero);
  }

  JacobianPoint<F> point(AffinePoint<F> affine) {
    return new JacobianPoint<>(affine.x(), affine.y(), one);
  }

  /** The point with these coordinates; {@link InvalidPointException} if it is not on the curve. */
  JacobianPoint<F> point(F x, F y) {
    if (!y.square().subtract(rightSide(x)).isZero()) {
      throw new InvalidPointException("a point is not on the curve");
    }
    return new JacobianPoint<>(x, y, one);
  }

  /** Either of the two y for an x; null if there is none. */
  @Nullable F yOf(F x) {
    return rightSide(x).sqrt();
  }

  private F rightSide(F x) {
    return x.square().multiply(x).add(b);
  }

  /**
   * Whether a point lies in the subgroup: whether the endomorphism, cheap everywhere on the curve,
   * is the multiplication that it is on the subgroup alone. Source: Scott, A note on group
   * membership tests for G1, G2 and GT on BLS pairing-friendly curves (ePrint 2021/1130).
   */
  boolean isInSubgroup(JacobianPoint<F> point) {
    return timesRadix(point).isSameAs(endomorphism.apply(point));
  }

  private JacobianPoint<F> timesRadix(JacobianPoint<F> point) {
    JacobianPoint<F> result = point;
    for (int bits = 0; bits + Z.bitLength() <= radix.bitLength(); bits += Z.bitLength()) {
      result = result.multiply(Z);
    }
    return result;
  }
}
