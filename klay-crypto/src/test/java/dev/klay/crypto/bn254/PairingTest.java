package dev.klay.crypto.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PairingTest {
  private static final G2 GENERATOR = G2.ofSubgroup(Samples.G2_GENERATOR);

  @Property(tries = 10)
  void thePairingIsBilinear(@ForAll long seed) {
    Samples samples = new Samples(seed);
    BigInteger a = samples.scalar();
    BigInteger b = samples.scalar();
    G1 aP = G1.GENERATOR.multiply(a);
    G2 bQ = G2.ofSubgroup(Samples.G2_GENERATOR.multiply(b));
    G1 minusAbP = G1.GENERATOR.multiply(a.multiply(b).negate());
    assertThat(new Pairing().multiply(aP, bQ).multiply(minusAbP, GENERATOR).isOne()).isTrue();
    G1 other = minusAbP.add(G1.GENERATOR);
    assertThat(new Pairing().multiply(aP, bQ).multiply(other, GENERATOR).isOne()).isFalse();
  }

  @Property(tries = 5)
  void thePairingOfASumIsTheProductOfThePairings(@ForAll long seed) {
    Samples samples = new Samples(seed);
    G1 p = samples.g1();
    G2 q = samples.g2();
    G2 r = samples.g2();
    G2 sum = G2.ofSubgroup(q.point.add(r.point));
    assertThat(new Pairing().multiply(p, q).multiply(p, r).value())
        .isEqualTo(new Pairing().multiply(p, sum).value());
  }

  @Test
  void thePairingOfTheGeneratorsHasTheOrderOfTheGroups() {
    Fp12 value = new Pairing().multiply(G1.GENERATOR, GENERATOR).value();
    assertThat(value).isNotEqualTo(Fp12.ONE);
    Fp12 power = Fp12.ONE;
    for (int i = Samples.ORDER.bitLength() - 1; i >= 0; i--) {
      power = power.square();
      if (Samples.ORDER.testBit(i)) {
        power = power.multiply(value);
      }
    }
    assertThat(power).isEqualTo(Fp12.ONE);
  }

  @Test
  void infinityContributesNothing() {
    assertThat(new Pairing().isOne()).isTrue();
    assertThat(new Pairing().multiply(G1.INFINITY, GENERATOR).isOne()).isTrue();
    assertThat(new Pairing().multiply(G1.GENERATOR, G2.INFINITY).isOne()).isTrue();
    assertThat(new Pairing().multiply(G1.GENERATOR, GENERATOR).isOne()).isFalse();
  }

  @Test
  void manyPairsAreWorkedOffInGroups() {
    Pairing pairing = new Pairing();
    G1 sum = G1.INFINITY;
    G1 p = G1.GENERATOR;
    for (int i = 0; i < 37; i++) {
      pairing.multiply(p, GENERATOR);
      sum = sum.add(p);
      p = p.add(G1.GENERATOR);
    }
    assertThat(pairing.isOne()).isFalse();
    assertThat(pairing.multiply(sum.negate(), GENERATOR).isOne()).isTrue();
  }
}
