package dev.klay.crypto.bn254;

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
        assertThat(affine(a.add(b))).isEqualTo(textbookSum(affine(a), affine(b)));
        assertThat(a.isSameAs(b)).isEqualTo(affine(a.add(b.negate())) == null);
      }
      assertThat(affine(a.twice())).isEqualTo(textbookSum(affine(a), affine(a)));
    }
    int factor = samples.next(20);
    JacobianPoint<F> multiple = curve.infinity();
    for (int i = 0; i < factor; i++) {
      multiple = multiple.add(p);
    }
    assertThat(p.multiply(BigInteger.valueOf(factor)).isSameAs(multiple)).isTrue();
    assertThat(p.multiply(BigInteger.valueOf(-factor)).isSameAs(multiple.negate())).isTrue();
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

  @Property(tries = 60)
  void aMultipleWithTheEndomorphismIsTheOneBitByBit(@ForAll long seed) {
    Samples samples = new Samples(seed);
    JacobianPoint<Fp> point = samples.anywhereOnG1();
    BigInteger scalar = samples.scalar();
    for (BigInteger each : List.of(scalar, scalar.negate(), scalar.shiftLeft(300).add(scalar))) {
      assertThat(Multiple.of(point, each).isSameAs(point.multiply(each))).isTrue();
    }
    assertThat(Multiple.of(Curve.G1.infinity(), scalar).isInfinity()).isTrue();
  }

  @Property(tries = 100)
  void signedDigitsAddUpToTheirNumberAndAreSparse(@ForAll long seed) {
    Samples samples = new Samples(seed);
    int width = 2 + samples.next(7);
    BigInteger number = samples.next(2) == 0 ? samples.scalar() : samples.scalar().negate();
    byte[] digits = SignedDigits.of(number, width);
    BigInteger sum = BigInteger.ZERO;
    int lastNonZero = -width;
    for (int i = 0; i < digits.length; i++) {
      sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(i));
      if (digits[i] != 0) {
        assertThat(i - lastNonZero).isGreaterThanOrEqualTo(width);
        assertThat(Math.abs(digits[i])).isLessThan(1 << (width - 1));
        lastNonZero = i;
      }
    }
    assertThat(sum).isEqualTo(number);
  }

  @Property(tries = 20)
  void theOrderAnnihilatesAllOfG1(@ForAll long seed) {
    assertThat(Curve.ORDER).isEqualTo(Samples.ORDER);
    JacobianPoint<Fp> point = new Samples(seed).anywhereOnG1();
    assertThat(point.multiply(Samples.ORDER).isInfinity()).isTrue();
  }

  @Test
  void theOrderAnnihilatesTheGeneratorOfG2() {
    assertThat(Samples.G2_GENERATOR.multiply(Samples.ORDER).isInfinity()).isTrue();
  }
}
