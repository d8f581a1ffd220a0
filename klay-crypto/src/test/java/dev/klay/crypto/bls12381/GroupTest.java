package dev.klay.crypto.bls12381;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The group law of both curves against the chord and tangent of the textbook. */
class GroupTest {
  @Property(tries = 60)
  void additionInG1IsChordAndTangent(@ForAll long seed) {
    Samples samples = new Samples(seed);
    checkLaw(Curve.G1, samples, samples.anywhereOnG1(), samples.anywhereOnG1());
  }

  @Property(tries = 40)
  void additionInG2IsChordAndTangent(@ForAll long seed) {
    Samples samples = new Samples(seed);
    checkLaw(Curve.G2, samples, samples.anywhereOnG2(), samples.anywhereOnG2());
  }

  private static <F extends FieldElement<F>> void checkLaw(
      Curve<F> curve, Samples samples, JacobianPoint<F> p, JacobianPoint<F> q) {
    JacobianPoint<F> r = p.add(q).twice(); // its Z is not 1
    for (JacobianPoint<F> a : List.of(p, r, p.negate(), curve.infinity())) {
      for (JacobianPoint<F> b : List.of(p, r, r.negate(), q, curve.infinity())) {
        AffinePoint<F> expected = textbookSum(affine(a), affine(b));
        assertThat(affine(a.add(b))).isEqualTo(expected);
        if (!b.isInfinity()) {
          assertThat(affine(a.add(b.toAffine(), curve.one()))).isEqualTo(expected);
        }
      }
      assertThat(affine(a.twice())).isEqualTo(textbookSum(affine(a), affine(a)));
    }
    int factor = samples.next(20);
    JacobianPoint<F> multiple = curve.infinity();
    for (int i = 0; i < factor; i++) {
      multiple = multiple.add(p);
    }
    assertThat(p.multiply(BigInteger.valueOf(factor)).isSameAs(multiple)).isTrue();
  }

  private static <F extends FieldElement<F>> @Nullable AffinePoint<F> affine(JacobianPoint<F> p) {
    return p.isInfinity() ? null : p.toAffine();
  }

  /** Null is infinity. */
  private static <F extends FieldElement<F>> @Nullable AffinePoint<F> textbookSum(
      @Nullable AffinePoint<F> a, @Nullable AffinePoint<F> b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a.x().equals(b.x()) && a.y().add(b.y()).isZero()) {
      return null;
    }
    F slope =
        a.x().equals(b.x())
            ? a.x().square().times(3).multiply(a.y().times(2).inverse())
            : b.y().subtract(a.y()).multiply(b.x().subtract(a.x()).inverse());
    F x = slope.square().subtract(a.x()).subtract(b.x());
    return new AffinePoint<>(x, slope.multiply(a.x().subtract(x)).subtract(a.y()));
  }

  @Test
  void theOrderAnnihilatesTheGenerators() {
    assertThat(Curve.ORDER).isEqualTo(Samples.ORDER);
    assertThat(G1.GENERATOR.point.multiply(Samples.ORDER).isInfinity()).isTrue();
    assertThat(G2.GENERATOR.point.multiply(Samples.ORDER).isInfinity()).isTrue();
  }

  @Property(tries = 15)
  void theFastSubgroupCheckOfG1AgreesWithTheOrder(@ForAll long seed) {
    Samples samples = new Samples(seed);
    checkSubgroup(Curve.G1, samples.anywhereOnG1(), samples.g1().point);
  }

  @Property(tries = 10)
  void theFastSubgroupCheckOfG2AgreesWithTheOrder(@ForAll long seed) {
    Samples samples = new Samples(seed);
    checkSubgroup(Curve.G2, samples.anywhereOnG2(), samples.g2().point);
  }

  private static <F extends FieldElement<F>> void checkSubgroup(
      Curve<F> curve, JacobianPoint<F> anywhere, JacobianPoint<F> inside) {
    JacobianPoint<F> cofactorPart = anywhere.multiply(Samples.ORDER);
    for (JacobianPoint<F> point :
        List.of(anywhere, inside, cofactorPart, cofactorPart.add(inside), curve.infinity())) {
      assertThat(curve.isInSubgroup(point)).isEqualTo(point.multiply(Samples.ORDER).isInfinity());
    }
    assertThat(curve.isInSubgroup(inside)).isTrue();
  }

  /** The cofactor of G1 is 3 times a square of 63 bits; points of order 3 exist. */
  @Test
  void pointsOfSmallOrderAreOutsideTheSubgroup() {
    JacobianPoint<Fp> orderThree = Curve.G1.point(Fp.ZERO, Fp.ONE.times(2));
    assertThat(orderThree.multiply(BigInteger.valueOf(3)).isInfinity()).isTrue();
    assertThat(Curve.G1.isInSubgroup(orderThree)).isFalse();
    assertThat(Curve.G1.isInSubgroup(orderThree.add(G1.GENERATOR.point))).isFalse();
  }

  @Property(tries = 10)
  void theEndomorphismsAreMultiplications(@ForAll long seed) {
    Samples samples = new Samples(seed);
    JacobianPoint<Fp> p = samples.g1().point;
    JacobianPoint<Fp2> q = samples.g2().point;
    assertThat(Endomorphisms.squareOfZ(p).isSameAs(p.multiply(Curve.Z.pow(2)))).isTrue();
    assertThat(Endomorphisms.absoluteZ(q).isSameAs(q.multiply(Curve.Z))).isTrue();
  }
}
