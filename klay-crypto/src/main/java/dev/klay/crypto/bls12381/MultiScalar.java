package dev.klay.crypto.bls12381;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of multiples of points of the subgroup. Each scalar is written in the radix of the curve's
 * endomorphism first, which turns one long multiple into two or four short ones that share their
 * doublings: of a half of 255 bits in the first group, a quarter in the second.
 */
final class MultiScalar<F extends FieldElement<F>> {
  /** From this many short multiples on, buckets beat tables (measured). */
  private static final int BUCKETS_FROM = 256;

  /** Tables hold the odd multiples 1 to 15. */
  private static final int TABLE_SIZE = 8;

  private static final int TABLE_WINDOW = 5;

  private final Curve<F> curve;

  MultiScalar(Curve<F> curve) {
    this.curve = curve;
  }

  /** The sum of scalar i times point i; points in the subgroup, scalars of any size. */
  JacobianPoint<F> sum(List<JacobianPoint<F>> points, List<BigInteger> scalars) {
    List<JacobianPoint<F>> bases = new ArrayList<>();
    List<BigInteger> factors = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      BigInteger factor = scalars.get(i).mod(Curve.ORDER);
      if (!points.get(i).isInfinity() && factor.signum() != 0) {
        bases.add(points.get(i));
        factors.add(factor);
      }
    }
    if (bases.isEmpty()) {
      return curve.infinity();
    }
    return bases.size() * curve.digits() < BUCKETS_FROM
        ? withTables(bases, factors)
        : withBuckets(bases, factors);
  }

  /** Straus' method: all multiples at once, with a small table for each point. */
  JacobianPoint<F> withTables(List<JacobianPoint<F>> bases, List<BigInteger> factors) {
    List<AffinePoint<F>> odd = oddMultiples(bases);
    List<byte[]> digits = new ArrayList<>();
    List<List<AffinePoint<F>>> tables = new ArrayList<>();
    for (int i = 0; i < bases.size(); i++) {
      List<AffinePoint<F>> table = odd.subList(i * TABLE_SIZE, (i + 1) * TABLE_SIZE);
      for (BigInteger part : parts(factors.get(i))) {
        digits.add(SignedDigits.sparse(part, TABLE_WINDOW));
        tables.add(table);
        table = table.stream().map(this::image).toList();
      }
    }
    int length = digits.stream().mapToInt(d -> d.length).max().orElse(0);
    JacobianPoint<F> result = curve.infinity();
    for (int bit = length - 1; bit >= 0; bit--) {
      result = result.twice();
      for (int i = 0; i < digits.size(); i++) {
        int digit = bit < digits.get(i).length ? digits.get(i)[bit] : 0;
        if (digit != 0) {
          AffinePoint<F> multiple = tables.get(i).get(Math.abs(digit) >> 1);
          result = result.add(digit > 0 ? multiple : multiple.negate(), curve.one());
        }
      }
    }
    return result;
  }

  private List<AffinePoint<F>> oddMultiples(List<JacobianPoint<F>> bases) {
    List<JacobianPoint<F>> odd = new ArrayList<>();
    for (JacobianPoint<F> base : bases) {
      JacobianPoint<F> twice = base.twice();
      JacobianPoint<F> multiple = base;
      for (int i = 0; i < TABLE_SIZE; i++) {
        odd.add(multiple);
        multiple = multiple.add(twice);
      }
    }
    return JacobianPoint.toAffine(odd);
  }

  /** Pippenger's method: points with the same digit are added before they are multiplied. */
  JacobianPoint<F> withBuckets(List<JacobianPoint<F>> bases, List<BigInteger> factors) {
    List<AffinePoint<F>> affine = JacobianPoint.toAffine(bases);
    List<AffinePoint<F>> points = new ArrayList<>();
    List<BigInteger> parts = new ArrayList<>();
    for (int i = 0; i < bases.size(); i++) {
      AffinePoint<F> point = affine.get(i);
      for (BigInteger part : parts(factors.get(i))) {
        points.add(point);
        parts.add(part);
        point = image(point);
      }
    }
    int width = bucketWidth(points.size());
    List<short[]> digits =
        parts.stream().map(p -> SignedDigits.dense(p, width, curve.radix().bitLength())).toList();
    JacobianPoint<F> result = curve.infinity();
    for (int window = digits.get(0).length - 1; window >= 0; window--) {
      for (int i = 0; i < width; i++) {
        result = result.twice();
      }
      result = result.add(windowSum(points, digits, window, width));
    }
    return result;
  }

  private JacobianPoint<F> windowSum(
      List<AffinePoint<F>> points, List<short[]> digits, int window, int width) {
    List<JacobianPoint<F>> buckets = new ArrayList<>();
    for (int i = 0; i < 1 << (width - 1); i++) {
      buckets.add(curve.infinity());
    }
    for (int i = 0; i < points.size(); i++) {
      int digit = digits.get(i)[window];
      if (digit != 0) {
        AffinePoint<F> point = digit > 0 ? points.get(i) : points.get(i).negate();
        int bucket = Math.abs(digit) - 1;
        buckets.set(bucket, buckets.get(bucket).add(point, curve.one()));
      }
    }
    JacobianPoint<F> running = curve.infinity();
    JacobianPoint<F> sum = curve.infinity();
    for (int i = buckets.size() - 1; i >= 0; i--) {
      running = running.add(buckets.get(i));
      sum = sum.add(running);
    }
    return sum;
  }

  private AffinePoint<F> image(AffinePoint<F> point) {
    JacobianPoint<F> image = curve.endomorphism().apply(curve.point(point));
    return new AffinePoint<>(image.x(), image.y());
  }

  /** log2(n) - 3: beyond it, emptying the buckets costs more than fewer windows save. */
  private static int bucketWidth(int points) {
    return Math.max(2, Math.min(14, 28 - Integer.numberOfLeadingZeros(points)));
  }

  /** The digits of a scalar below r in the radix of the endomorphism, lowest first. */
  private List<BigInteger> parts(BigInteger scalar) {
    List<BigInteger> parts = new ArrayList<>();
    BigInteger rest = scalar;
    for (int i = 0; i < curve.digits(); i++) {
      BigInteger[] split = rest.divideAndRemainder(curve.radix());
      parts.add(split[1]);
      rest = split[0];
    }
    return parts;
  }
}
