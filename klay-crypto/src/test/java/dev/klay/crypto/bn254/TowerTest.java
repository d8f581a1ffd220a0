package dev.klay.crypto.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The extension fields against their definitions. */
class TowerTest {
  private static final Fp2 ZERO = Fp2.ZERO;

  @Property(tries = 100)
  void productsOfPairsFollowFromTheSquareOfUBeingMinusOne(@ForAll long seed) {
    Samples samples = new Samples(seed);
    Fp2 a = samples.fp2();
    Fp2 b = samples.fp2();
    Fp2 expected =
        new Fp2(
            a.c0().multiply(b.c0()).subtract(a.c1().multiply(b.c1())),
            a.c0().multiply(b.c1()).add(a.c1().multiply(b.c0())));
    assertThat(a.multiply(b)).isEqualTo(expected);
    assertThat(a.square()).isEqualTo(a.multiply(a));
    assertThat(a.multiplyByXi()).isEqualTo(a.multiply(Fp2.XI));
    assertThat(a.multiply(a.inverse())).isEqualTo(a.isZero() ? ZERO : Fp2.ONE);
    assertThat(Fp2.combine(a, 3, b, -2)).isEqualTo(a.times(3).subtract(b.add(b)));
  }

  @Property(tries = 40)
  void productsOfTriplesFollowFromTheCubeOfV(@ForAll long seed) {
    Samples samples = new Samples(seed);
    Fp6 a = samples.fp6();
    Fp6 b = samples.fp6();
    assertThat(a.multiply(b)).isEqualTo(schoolbook(a, b));
    assertThat(a.multiply(b.c0(), b.c1())).isEqualTo(schoolbook(a, new Fp6(b.c0(), b.c1(), ZERO)));
    assertThat(a.multiply(b.c0())).isEqualTo(schoolbook(a, new Fp6(b.c0(), ZERO, ZERO)));
    assertThat(a.multiplyByV()).isEqualTo(schoolbook(a, new Fp6(ZERO, Fp2.ONE, ZERO)));
  }

  private static Fp6 schoolbook(Fp6 a, Fp6 b) {
    return new Fp6(
        a.c0()
            .multiply(b.c0())
            .add(a.c1().multiply(b.c2()).add(a.c2().multiply(b.c1())).multiply(Fp2.XI)),
        a.c0()
            .multiply(b.c1())
            .add(a.c1().multiply(b.c0()))
            .add(a.c2().multiply(b.c2()).multiply(Fp2.XI)),
        a.c0().multiply(b.c2()).add(a.c1().multiply(b.c1())).add(a.c2().multiply(b.c0())));
  }

  @Property(tries = 40)
  void productsInTheHighestFieldFollowFromTheSquareOfW(@ForAll long seed) {
    Samples samples = new Samples(seed);
    Fp12 a = samples.fp12();
    Fp12 b = samples.fp12();
    Fp12 expected =
        new Fp12(
            a.c0().multiply(b.c0()).add(a.c1().multiply(b.c1()).multiplyByV()),
            a.c0().multiply(b.c1()).add(a.c1().multiply(b.c0())));
    assertThat(a.multiply(b)).isEqualTo(expected);
    assertThat(a.square()).isEqualTo(a.multiply(a));
    Fp12 line = new Fp12(new Fp6(b.c0().c0(), ZERO, ZERO), new Fp6(b.c1().c0(), b.c1().c1(), ZERO));
    assertThat(a.multiplyByLine(b.c0().c0(), b.c1().c0(), b.c1().c1())).isEqualTo(a.multiply(line));
    assertThat(a.multiply(a.inverse())).isEqualTo(Fp12.ONE);
  }

  @Property(tries = 3)
  void frobeniusIsThePowerOfTheModulus(@ForAll long seed) {
    Fp12 a = new Samples(seed).fp12();
    assertThat(a.frobenius()).isEqualTo(pow(a, Fp.P));
    Fp12 six = a;
    for (int i = 0; i < 6; i++) {
      six = six.frobenius();
    }
    assertThat(a.conjugate()).isEqualTo(six);
  }

  @Property(tries = 3)
  void theFinalExponentiationIsAMultipleOfTheOneOfTheDefinition(@ForAll long seed) {
    Fp12 a = new Samples(seed).fp12();
    BigInteger z = Curve.Z;
    BigInteger factor =
        z.multiply(BigInteger.valueOf(6))
            .add(BigInteger.valueOf(3))
            .multiply(z)
            .add(BigInteger.ONE)
            .multiply(z)
            .shiftLeft(1);
    assertThat(factor.gcd(Samples.ORDER)).isEqualTo(BigInteger.ONE);
    BigInteger exponent =
        Fp.P.pow(12).subtract(BigInteger.ONE).divide(Samples.ORDER).multiply(factor);
    Fp12 value = FinalExponentiation.apply(a);
    assertThat(value).isEqualTo(pow(a, exponent));
    assertThat(value.cyclotomicSquare()).isEqualTo(value.multiply(value));
    assertThat(value.multiply(value.conjugate())).isEqualTo(Fp12.ONE);
  }

  private static Fp12 pow(Fp12 base, BigInteger exponent) {
    Fp12 result = Fp12.ONE;
    for (int i = exponent.bitLength() - 1; i >= 0; i--) {
      result = result.multiply(result);
      if (exponent.testBit(i)) {
        result = result.multiply(base);
      }
    }
    return result;
  }
}
