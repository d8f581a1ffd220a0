package dev.klay.crypto.bls12381;

import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point of y^2 = x^3 + 4 (1 + u) over the integers modulo p with u^2 = -1 adjoined, infinity
 * included, in the subgroup of prime order r or outside it: {@link #isInSubgroup()} tells.
 * Immutable.
 */
public final class G2 {
  /** Bytes of an encoded coordinate, a pair of integers. */
  public static final int COORDINATE_SIZE = Fp2.SIZE;

  private static final PointCodec<Fp2> CODEC = new PointCodec<>(Curve.G2);

  public static final G2 INFINITY = new G2(Curve.G2.infinity(), true);

  /** The generator that everyone uses. Source: draft-irtf-cfrg-pairing-friendly-curves 4.2.1. */
  public static final G2 GENERATOR =
      decode(
              Bytes.fromHex(
                  "0x93e02b6052719f607dacd3a088274f65596bd0d09920b61a"
                      + "b5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
                      + "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02"
                      + "b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"))
          .ensureInSubgroup();

  final JacobianPoint<Fp2> point;

  /** What is known, so that no point is examined twice. */
  private final boolean knownInSubgroup;

  private G2(JacobianPoint<Fp2> point, boolean knownInSubgroup) {
    this.point = point;
    this.knownInSubgroup = knownInSubgroup;
  }

  /** A point of which it is certain that it lies in the subgroup. */
  static G2 ofSubgroup(JacobianPoint<Fp2> point) {
    return new G2(point, true);
  }

  /**
   * Reads 96 bytes, coefficient of u first, with the flags of ZCash.
   *
   * @throws InvalidPointException on another length, a coordinate that is not below p, wrong flags,
   *     or an x of no point; not for a point outside the subgroup
   */
  public static G2 decode(Bytes compressed) {
    return new G2(CODEC.decompress(compressed.unsafeArray()), false);
  }

  /**
   * Reads 192 bytes, x and y, coefficient of u first, with the flags of ZCash.
   *
   * @throws InvalidPointException as {@link #decode}
   */
  public static G2 decodeUncompressed(Bytes uncompressed) {
    return new G2(CODEC.readUncompressed(uncompressed.unsafeArray()), false);
  }

  /**
   * Reads 192 bytes, x and y, coefficient of u last, big-endian without flags; all zero is infinity
   * (EIP-2537).
   *
   * @throws InvalidPointException on another length, a coordinate that is not below p, or a point
   *     off the curve; not for a point outside the subgroup
   */
  public static G2 ofCoordinates(byte[] coordinates) {
    return new G2(Coordinates.read(Curve.G2, coordinates), false);
  }

  /** 192 bytes as {@link #ofCoordinates} reads them. */
  public byte[] toCoordinates() {
    return Coordinates.write(Curve.G2, point);
  }

  /** 96 bytes as {@link #decode} reads them. */
  public Bytes encode() {
    return Bytes.wrap(CODEC.compress(point));
  }

  /** 192 bytes as {@link #decodeUncompressed} reads them. */
  public Bytes encodeUncompressed() {
    return Bytes.wrap(CODEC.uncompressed(point));
  }

  public G2 add(G2 other) {
    return new G2(point.add(other.point), knownInSubgroup && other.knownInSubgroup);
  }

  public G2 negate() {
    return new G2(point.negate(), knownInSubgroup);
  }

  /**
   * The sum of scalar i times point i. The time depends on the scalars: they must be public.
   *
   * @param points all in the subgroup
   * @param scalars as many; any size and sign, taken modulo r
   * @throws InvalidPointException if a point is outside the subgroup
   */
  public static G2 sumOfMultiples(List<G2> points, List<BigInteger> scalars) {
    if (points.size() != scalars.size()) {
      throw new IllegalArgumentException(
          points.size() + " points do not go with " + scalars.size() + " scalars");
    }
    List<JacobianPoint<Fp2>> checked =
        points.stream().map(p -> p.ensureInSubgroup().point).toList();
    return ofSubgroup(new MultiScalar<>(Curve.G2).sum(checked, scalars));
  }

  /** Whether this is infinity. */
  public boolean isInfinity() {
    return point.isInfinity();
  }

  /** Whether r times this is infinity. */
  public boolean isInSubgroup() {
    return knownInSubgroup || Curve.G2.isInSubgroup(point);
  }

  /**
   * This point, which remembers that it was found to be in the subgroup: later checks are free.
   *
   * @throws InvalidPointException if it is not
   */
  public G2 ensureInSubgroup() {
    if (knownInSubgroup) {
      return this;
    }
    if (!isInSubgroup()) {
      throw new InvalidPointException("a point of G2 is outside the subgroup of order r");
    }
    return ofSubgroup(point);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof G2 that && point.isSameAs(that.point);
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
