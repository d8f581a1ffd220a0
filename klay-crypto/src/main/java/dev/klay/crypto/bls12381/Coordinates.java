package dev.klay.crypto.bls12381;

import java.util.Arrays;

/** Points as x then y without flags, infinity as zeros: EIP-2537 without its padding. */
final class Coordinates {
  private Coordinates() {}

  /** {@link InvalidPointException} for anything but a point of the curve or zeros. */
  static <F extends FieldElement<F>> JacobianPoint<F> read(Curve<F> curve, byte[] source) {
    int size = curve.elementSize();
    if (source.length != 2 * size) {
      throw new InvalidPointException(
          "the coordinates have " + 2 * size + " bytes, not " + source.length);
    }
    if (Arrays.equals(source, new byte[2 * size])) {
      return curve.infinity();
    }
    return curve.point(curve.elements().decode(source, 0), curve.elements().decode(source, size));
  }

  static <F extends FieldElement<F>> byte[] write(Curve<F> curve, JacobianPoint<F> point) {
    byte[] target = new byte[2 * curve.elementSize()];
    if (!point.isInfinity()) {
      AffinePoint<F> affine = point.toAffine();
      affine.x().encode(target, 0);
      affine.y().encode(target, curve.elementSize());
    }
    return target;
  }
}
