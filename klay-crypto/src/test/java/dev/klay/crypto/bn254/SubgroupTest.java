package dev.klay.crypto.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The fast check that a point of the twist has order r, against multiplication by r. */
class SubgroupTest {
  /** The twist has r times the product of these points. All are prime, and none occurs twice. */
  private static final List<BigInteger> COFACTOR_PRIMES =
      List.of(
          new BigInteger("10069"),
          new BigInteger("5864401"),
          new BigInteger("1875725156269"),
          new BigInteger("197620364512881247228717050342013327560683201906968909"));

  private static final BigInteger COFACTOR =
      COFACTOR_PRIMES.stream().reduce(BigInteger.ONE, BigInteger::multiply);

  @Property(tries = 20)
  void theFastCheckAgreesWithTheOrder(@ForAll long seed) {
    Samples samples = new Samples(seed);
    JacobianPoint<Fp2> anywhere = samples.anywhereOnG2();
    JacobianPoint<Fp2> inside = samples.g2().point;
    JacobianPoint<Fp2> cofactorPart = anywhere.multiply(Samples.ORDER);
    for (JacobianPoint<Fp2> point :
        List.of(
            anywhere,
            inside,
            anywhere.multiply(COFACTOR),
            cofactorPart,
            cofactorPart.add(inside),
            Curve.G2.infinity())) {
      assertThat(Frobenius.isInSubgroup(point))
          .isEqualTo(point.multiply(Samples.ORDER).isInfinity());
    }
    assertThat(Frobenius.isInSubgroup(inside)).isTrue();
  }

  /**
   * The points that pass are a subgroup; if it had more than r points, it would have a point of one
   * of these orders, and since each occurs once, all points of that order would be in it.
   */
  @Test
  void noPointOfAnotherPrimeOrderPasses() {
    assertThat(COFACTOR).isEqualTo(Fp.P.shiftLeft(1).subtract(Samples.ORDER));
    for (BigInteger prime : COFACTOR_PRIMES) {
      assertThat(prime.isProbablePrime(50)).isTrue();
      JacobianPoint<Fp2> point = pointOfOrder(prime);
      assertThat(point.multiply(prime).isInfinity()).isTrue();
      assertThat(Frobenius.isInSubgroup(point)).isFalse();
      assertThat(Frobenius.isInSubgroup(point.add(Samples.G2_GENERATOR))).isFalse();
    }
  }

  private static JacobianPoint<Fp2> pointOfOrder(BigInteger prime) {
    BigInteger rest = Samples.ORDER.multiply(COFACTOR.divide(prime));
    for (long seed = 0; ; seed++) {
      JacobianPoint<Fp2> point = new Samples(seed).anywhereOnG2().multiply(rest);
      if (!point.isInfinity()) {
        return point;
      }
    }
  }

  @Property(tries = 10)
  void psiIsTheSameOnBothKindsOfCoordinatesAndMultipliesWithTheModulus(@ForAll long seed) {
    JacobianPoint<Fp2> point =
        Samples.G2_GENERATOR.multiply(BigInteger.valueOf(2 + (seed & 0xffff)));
    AffinePoint<Fp2> affine = Frobenius.psi(point.toAffine());
    assertThat(Frobenius.psi(point).toAffine()).isEqualTo(affine);
    assertThat(point.multiply(Fp.P).toAffine()).isEqualTo(affine);
  }
}
