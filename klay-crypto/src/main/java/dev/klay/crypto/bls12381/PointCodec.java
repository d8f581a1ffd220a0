package dev.klay.crypto.bls12381;

import java.util.Arrays;

/**
 * Points as bytes in the manner of ZCash: coordinates big-endian, the higher coefficient of a pair
 * first, and three flags in the highest bits: compressed, infinity, and for a compressed point
 * whether y is the greater of the two. There is one encoding for each point, and only that is read.
 */
final class PointCodec<F extends FieldElement<F>> {
  private static final int COMPRESSED = 0x80;
  private static final int INFINITY = 0x40;
  private static final int GREATER_Y = 0x20;
  private static final int FLAGS = COMPRESSED | INFINITY | GREATER_Y;

  private final Curve<F> curve;

  PointCodec(Curve<F> curve) {
    this.curve = curve;
  }

  byte[] compress(JacobianPoint<F> point) {
    byte[] bytes = new byte[curve.elementSize()];
    if (point.isInfinity()) {
      bytes[0] = (byte) (COMPRESSED | INFINITY);
      return bytes;
    }
    AffinePoint<F> affine = point.toAffine();
    writeElement(affine.x(), bytes, 0);
    bytes[0] |= (byte) (COMPRESSED | (affine.y().isGreaterThanNegative() ? GREATER_Y : 0));
    return bytes;
  }

  byte[] uncompressed(JacobianPoint<F> point) {
    byte[] bytes = new byte[2 * curve.elementSize()];
    if (point.isInfinity()) {
      bytes[0] = (byte) INFINITY;
      return bytes;
    }
    AffinePoint<F> affine = point.toAffine();
    writeElement(affine.x(), bytes, 0);
    writeElement(affine.y(), bytes, curve.elementSize());
    return bytes;
  }

  /** A point on the curve, in the subgroup or not; {@link InvalidPointException} otherwise. */
  JacobianPoint<F> decompress(byte[] source) {
    int flags = flags(source, curve.elementSize());
    if ((flags & COMPRESSED) == 0) {
      throw new InvalidPointException("a compressed point has its highest bit set");
    }
    if ((flags & INFINITY) != 0) {
      return infinity(source, COMPRESSED | INFINITY);
    }
    F x = readElement(withoutFlags(source), 0);
    F y = curve.yOf(x);
    if (y == null) {
      throw new InvalidPointException("no point of the curve has this x coordinate");
    }
    boolean greater = (flags & GREATER_Y) != 0;
    return curve.point(new AffinePoint<>(x, y.isGreaterThanNegative() == greater ? y : y.negate()));
  }

  /** A point on the curve, in the subgroup or not; {@link InvalidPointException} otherwise. */
  JacobianPoint<F> readUncompressed(byte[] source) {
    int flags = flags(source, 2 * curve.elementSize());
    if ((flags & INFINITY) != 0) {
      return infinity(source, INFINITY);
    }
    if (flags != 0) {
      throw new InvalidPointException("an uncompressed point has no flag but that of infinity");
    }
    return curve.point(readElement(source, 0), readElement(source, curve.elementSize()));
  }

  private static int flags(byte[] source, int size) {
    if (source.length != size) {
      throw new InvalidPointException("a point has " + size + " bytes here, not " + source.length);
    }
    return source[0] & FLAGS;
  }

  private JacobianPoint<F> infinity(byte[] source, int firstByte) {
    byte[] only = new byte[source.length];
    only[0] = (byte) firstByte;
    if (!Arrays.equals(source, only)) {
      throw new InvalidPointException("infinity has no coordinates and no other flag");
    }
    return curve.infinity();
  }

  private static byte[] withoutFlags(byte[] source) {
    byte[] bytes = source.clone();
    bytes[0] &= (byte) ~FLAGS;
    return bytes;
  }

  private void writeElement(F element, byte[] target, int offset) {
    element.encode(target, offset);
    swapCoefficients(target, offset);
  }

  private F readElement(byte[] source, int offset) {
    byte[] bytes = Arrays.copyOfRange(source, offset, offset + curve.elementSize());
    swapCoefficients(bytes, 0);
    return curve.elements().decode(bytes, 0);
  }

  /** A pair is c0, c1 in memory and in EIP-2537, but c1, c0 here. */
  private void swapCoefficients(byte[] bytes, int offset) {
    if (curve.elementSize() == Fp2.SIZE) {
      byte[] first = Arrays.copyOfRange(bytes, offset, offset + Fp.SIZE);
      System.arraycopy(bytes, offset + Fp.SIZE, bytes, offset, Fp.SIZE);
      System.arraycopy(first, 0, bytes, offset + Fp.SIZE, Fp.SIZE);
    }
  }
}
