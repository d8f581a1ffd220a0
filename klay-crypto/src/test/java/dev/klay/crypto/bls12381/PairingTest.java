package dev.klay.crypto.bls12381;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PairingTest {
  @Property(tries = 8)
  void thePairingIsBilinear(@ForAll long seed) {
    Samples samples = new Samples(seed);
    BigInteger a = samples.scalar();
    BigInteger b = samples.scalar();
    G1 aP = G1.sumOfMultiples(List.of(G1.GENERATOR), List.of(a));
    G2 bQ = G2.sumOfMultiples(List.of(G2.GENERATOR), List.of(b));
    G1 minusAbP = G1.sumOfMultiples(List.of(G1.GENERATOR), List.of(a.multiply(b).negate()));
    assertThat(new Pairing().multiply(aP, bQ).multiply(minusAbP, G2.GENERATOR).isOne()).isTrue();
    G1 other = minusAbP.add(G1.GENERATOR);
    assertThat(new Pairing().multiply(aP, bQ).multiply(other, G2.GENERATOR).isOne()).isFalse();
  }

  @Test
  void thePairingOfTheGeneratorsHasTheOrderOfTheGroups() {
    Fp12 value = new Pairing().multiply(G1.GENERATOR, G2.GENERATOR).value();
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
    assertThat(new Pairing().multiply(G1.INFINITY, G2.GENERATOR).isOne()).isTrue();
    assertThat(new Pairing().multiply(G1.GENERATOR, G2.INFINITY).isOne()).isTrue();
    assertThat(new Pairing().multiply(G1.GENERATOR, PreparedG2.of(G2.INFINITY)).isOne()).isTrue();
  }

  @Property(tries = 5)
  void aPreparedPointPairsLikeThePointItself(@ForAll long seed) {
    Samples samples = new Samples(seed);
    G1 p = samples.g1();
    G2 q = samples.g2();
    PreparedG2 prepared = PreparedG2.of(q);
    assertThat(new Pairing().multiply(p, q).multiply(p.negate(), prepared).isOne()).isTrue();
    assertThat(new Pairing().multiply(p, prepared).value())
        .isEqualTo(new Pairing().multiply(p, q).value());
  }

  @Test
  void manyPairsAreWorkedOffInGroups() {
    Pairing pairing = new Pairing();
    G1 sum = G1.INFINITY;
    G1 p = G1.GENERATOR;
    for (int i = 0; i < 37; i++) {
      pairing.multiply(p, G2.GENERATOR);
      sum = sum.add(p);
      p = p.add(G1.GENERATOR);
    }
    assertThat(pairing.isOne()).isFalse();
    assertThat(pairing.multiply(sum.negate(), G2.GENERATOR).isOne()).isTrue();
  }

  @Test
  void pointsOutsideTheSubgroupsAreRefused() {
    byte[] orderThree = new byte[96];
    orderThree[95] = 2;
    G1 outside = G1.ofCoordinates(orderThree);
    assertThatThrownBy(() -> new Pairing().multiply(outside, G2.GENERATOR))
        .isInstanceOf(InvalidPointException.class);
    byte[] coordinates = Coordinates.write(Curve.G2, new Samples(1).anywhereOnG2());
    G2 outsideG2 = G2.ofCoordinates(coordinates);
    assertThatThrownBy(() -> new Pairing().multiply(G1.GENERATOR, outsideG2))
        .isInstanceOf(InvalidPointException.class);
    assertThatThrownBy(() -> PreparedG2.of(outsideG2)).isInstanceOf(InvalidPointException.class);
  }
}
