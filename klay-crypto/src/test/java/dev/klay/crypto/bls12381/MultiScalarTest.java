package dev.klay.crypto.bls12381;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Sums of multiples against one multiplication after the other, bit by bit. */
class MultiScalarTest {
  @Property(tries = 12)
  void sumsInG1EqualTheNaiveOnes(@ForAll long seed) {
    Samples samples = new Samples(seed);
    check(Curve.G1, samples, () -> samples.g1().point);
  }

  @Property(tries = 8)
  void sumsInG2EqualTheNaiveOnes(@ForAll long seed) {
    Samples samples = new Samples(seed);
    check(Curve.G2, samples, () -> samples.g2().point);
  }

  private static <F extends FieldElement<F>> void check(
      Curve<F> curve, Samples samples, Supplier<JacobianPoint<F>> source) {
    List<JacobianPoint<F>> points = new ArrayList<>();
    List<BigInteger> scalars = new ArrayList<>();
    int count = samples.next(7);
    for (int i = 0; i < count; i++) {
      JacobianPoint<F> point = source.get();
      points.add(point);
      points.add(samples.next(3) == 0 ? point.negate() : point);
      scalars.add(samples.scalar());
      scalars.add(samples.next(3) == 0 ? scalars.get(scalars.size() - 1) : samples.scalar());
    }
    JacobianPoint<F> expected = naive(curve, points, scalars);
    MultiScalar<F> sums = new MultiScalar<>(curve);
    assertThat(sums.sum(points, scalars).isSameAs(expected)).isTrue();
    if (points.stream().noneMatch(JacobianPoint::isInfinity) && !points.isEmpty()) {
      List<BigInteger> reduced = scalars.stream().map(s -> s.mod(Samples.ORDER)).toList();
      assertThat(sums.withTables(points, reduced).isSameAs(expected)).isTrue();
      assertThat(sums.withBuckets(points, reduced).isSameAs(expected)).isTrue();
    }
  }

  private static <F extends FieldElement<F>> JacobianPoint<F> naive(
      Curve<F> curve, List<JacobianPoint<F>> points, List<BigInteger> scalars) {
    JacobianPoint<F> sum = curve.infinity();
    for (int i = 0; i < points.size(); i++) {
      sum = sum.add(points.get(i).multiply(scalars.get(i)));
    }
    return sum;
  }

  /** Enough points that the buckets are taken, whose sum has a closed form. */
  @Test
  void aLongSumEqualsItsClosedForm() {
    int count = 300;
    List<G1> points = new ArrayList<>();
    List<BigInteger> scalars = new ArrayList<>();
    G1 point = G1.GENERATOR;
    BigInteger expected = BigInteger.ZERO;
    for (int i = 1; i <= count; i++) {
      points.add(point);
      point = point.add(G1.GENERATOR);
      BigInteger scalar = Samples.ORDER.divide(BigInteger.valueOf(i));
      scalars.add(scalar);
      expected = expected.add(scalar.multiply(BigInteger.valueOf(i)));
    }
    assertThat(G1.sumOfMultiples(points, scalars))
        .isEqualTo(G1.sumOfMultiples(List.of(G1.GENERATOR), List.of(expected)));
  }

  @Test
  void negativeScalarsAreTakenModuloTheOrder() {
    assertThat(G2.sumOfMultiples(List.of(G2.GENERATOR), List.of(BigInteger.valueOf(-1))))
        .isEqualTo(G2.GENERATOR.negate());
  }

  @Test
  void noPointsSumToInfinity() {
    assertThat(G1.sumOfMultiples(List.of(), List.of())).isEqualTo(G1.INFINITY);
  }

  @Test
  void aPointOutsideTheSubgroupIsRefused() {
    byte[] orderThree = new byte[96];
    orderThree[95] = 2;
    G1 outside = G1.ofCoordinates(orderThree);
    assertThatThrownBy(() -> G1.sumOfMultiples(List.of(outside), List.of(BigInteger.ONE)))
        .isInstanceOf(InvalidPointException.class);
  }

  @Test
  void asManyScalarsAsPointsAreNeeded() {
    assertThatThrownBy(() -> G1.sumOfMultiples(List.of(G1.GENERATOR), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 points");
  }

  @Property(tries = 100)
  void signedDigitsAddUpToTheirNumber(@ForAll long seed) {
    Samples samples = new Samples(seed);
    BigInteger number = samples.scalar().mod(BigInteger.ONE.shiftLeft(1 + samples.next(128)));
    byte[] sparse = SignedDigits.sparse(number, 5);
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < sparse.length; i++) {
      assertThat(sparse[i] == 0 || sparse[i] % 2 != 0).isTrue();
      assertThat(Math.abs(sparse[i])).isLessThan(16);
      sum = sum.add(BigInteger.valueOf(sparse[i]).shiftLeft(i));
    }
    assertThat(sum).isEqualTo(number);

    int width = 2 + samples.next(13);
    short[] dense = SignedDigits.dense(number, width, 128);
    sum = BigInteger.ZERO;
    for (int i = 0; i < dense.length; i++) {
      assertThat(Math.abs(dense[i])).isLessThanOrEqualTo(1 << (width - 1));
      sum = sum.add(BigInteger.valueOf(dense[i]).shiftLeft(i * width));
    }
    assertThat(sum).isEqualTo(number);
  }
}
