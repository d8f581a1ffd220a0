package dev.klay.crypto.bls12381;

import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point of y^2 = x^3 + 4 over the integers modulo p, infinity included, in the subgroup of prime
 * order r or outside it: {@link #isInSubgroup()} tells. Immutable.
 */
public final class G1 {
  /** Bytes of an encoded coordinate. */
  public static final int COORDINATE_SIZE = Fp.SIZE;

  private static final PointCodec<Fp> CODEC = new PointCodec<>(Curve.G1);

  public static final G1 INFINITY = new G1(Curve.G1.infinity(), true);

  /** The generator that everyone uses. Source: draft-irtf-cfrg-pairing-friendly-curves 4.2.1. */
  public static final G1 GENERATOR =
      decode(
              Bytes.fromHex(
                  "0x97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905"
                      + "a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"))
          .ensureInSubgroup();

  final JacobianPoint<Fp> point;

  /** What is known, so that no point is examined twice. */
  private final boolean knownInSubgroup;

  private G1(JacobianPoint<Fp> point, boolean knownInSubgroup) {
    this.point = point;
    this.knownInSubgroup = knownInSubgroup;
  }

  /** A point of which it is certain that it lies in the subgroup. */
  static G1 ofSubgroup(JacobianPoint<Fp> point) {
    return new G1(point, true);
  }

  /**
   * Reads 48 bytes with the flags of ZCash.
   *
   * @throws InvalidPointException on another length, a coordinate that is not below p, wrong flags,
   *     or an x of no point; not for a point outside the subgroup
   */
  public static G1 decode(Bytes compressed) {
    return new G1(CODEC.decompress(compressed.unsafeArray()), false);
  }

  /**
   * Reads 96 bytes, x and y, with the flags of ZCash.
   *
   * @throws InvalidPointException as {@link #decode}
   */
  public static G1 decodeUncompressed(Bytes uncompressed) {
    return new G1(CODEC.readUncompressed(uncompressed.unsafeArray()), false);
  }

  /**
   * Reads 96 bytes, x and y, big-endian without flags; all zero is infinity (EIP-2537).
   *
   * @throws InvalidPointException on another length, a coordinate that is not below p, or a point
   *     off the curve; not for a point outside the subgroup
   */
  public static G1 ofCoordinates(byte[] coordinates) {
    return new G1(Coordinates.read(Curve.G1, coordinates), false);
  }

  /** 96 bytes as {@link #ofCoordinates} reads them. */
  public byte[] toCoordinates() {
    return Coordinates.write(Curve.G1, point);
  }

  /** 48 bytes as {@link #decode} reads them. */
  public Bytes encode() {
    return Bytes.wrap(CODEC.compress(point));
  }

  /** 96 bytes as {@link #decodeUncompressed} reads them. */
  public Bytes encodeUncompressed() {
    return Bytes.wrap(CODEC.uncompressed(point));
  }

  public G1 add(G1 other) {
    return new G1(point.add(other.point), knownInSubgroup && other.knownInSubgroup);
  }

  public G1 negate() {
    return new G1(point.negate(), knownInSubgroup);
  }

  /**
   * The sum of scalar i times point i. The time depends on the scalars: they must be public.
   *
   * @param points all in the subgroup
   * @param scalars as many; any size and sign, taken modulo r
   * @throws InvalidPointException if a point is outside the subgroup
   */
  public static G1 sumOfMultiples(List<G1> points, List<BigInteger> scalars) {
    if (points.size() != scalars.size()) {
      throw new IllegalArgumentException(
          points.size() + " points do not go with " + scalars.size() + " scalars");
    }
    List<JacobianPoint<Fp>> checked = points.stream().map(p -> p.ensureInSubgroup().point).toList();
    return ofSubgroup(new MultiScalar<>(Curve.G1).sum(checked, scalars));
  }

  /** Whether this is infinity. */
  public boolean isInfinity() {
    return point.isInfinity();
  }

  /** Whether r times this is infinity. */
  public boolean isInSubgroup() {
    return knownInSubgroup || Curve.G1.isInSubgroup(point);
  }

  /**
   * This point, which remembers that it was found to be in the subgroup: later checks are free.
   *
   * @throws InvalidPointException if it is not
   */
  public G1 ensureInSubgroup() {
    if (knownInSubgroup) {
      return this;
    }
    if (!isInSubgroup()) {
      throw new InvalidPointException("a point of G1 is outside the subgroup of order r");
    }
    return ofSubgroup(point);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof G1 that && point.isSameAs(that.point);
  }

  @Override
  public int hashCode() {
    return encode().hashCode();
  }

  @Override
  public String toString() {
    return encode().toHex();
  }
}
