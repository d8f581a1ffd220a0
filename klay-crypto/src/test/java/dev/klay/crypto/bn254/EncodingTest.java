package dev.klay.crypto.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Points as EIP-196 and EIP-197 write them. */
class EncodingTest {
  @Property(tries = 50)
  void aPointOfG1IsReadAsItWasWritten(@ForAll long seed) {
    Samples samples = new Samples(seed);
    G1 point = samples.g1().add(samples.g1());
    assertThat(G1.read(point.toBytes(), 0)).isEqualTo(point).hasSameHashCodeAs(point);
    assertThat(point.add(point.negate()).toBytes()).isEqualTo(new byte[G1.SIZE]);
  }

  @Property(tries = 10)
  void aPointOfG2HasTheImaginaryPartFirst(@ForAll long seed) {
    G2 point = new Samples(seed).g2();
    assertThat(G2.read(bytes(point.point), 0)).isEqualTo(point).hasSameHashCodeAs(point);
  }

  @Test
  void zerosAreInfinity() {
    assertThat(G1.read(new byte[G1.SIZE], 0).isInfinity()).isTrue();
    assertThat(G2.read(new byte[G2.SIZE], 0).isInfinity()).isTrue();
  }

  @Test
  void everyCoordinateMustBeBelowTheModulus() {
    for (int i = 0; i < 2; i++) {
      byte[] bytes = new byte[G1.SIZE];
      write(Fp.P, bytes, i * Fp.SIZE);
      assertThatThrownBy(() -> G1.read(bytes, 0))
          .isInstanceOf(InvalidPointException.class)
          .hasMessageContaining("modulus");
    }
    for (int i = 0; i < 4; i++) {
      byte[] bytes = new byte[G2.SIZE];
      write(Fp.P, bytes, i * Fp.SIZE);
      assertThatThrownBy(() -> G2.read(bytes, 0))
          .isInstanceOf(InvalidPointException.class)
          .hasMessageContaining("modulus");
    }
  }

  @Property(tries = 20)
  void aPointOffTheCurveIsRefused(@ForAll long seed) {
    Samples samples = new Samples(seed);
    byte[] first = G1.GENERATOR.multiply(BigInteger.valueOf(2 + samples.next(1000))).toBytes();
    first[samples.next(2) * Fp.SIZE + Fp.SIZE - 1] ^= 1;
    assertThatThrownBy(() -> G1.read(first, 0)).isInstanceOf(InvalidPointException.class);
    byte[] second = bytes(Samples.G2_GENERATOR);
    second[samples.next(4) * Fp.SIZE + Fp.SIZE - 1] ^= 1;
    assertThatThrownBy(() -> G2.read(second, 0))
        .isInstanceOf(InvalidPointException.class)
        .hasMessageContaining("curve");
  }

  @Property(tries = 10)
  void aPointOutsideTheSubgroupIsRefused(@ForAll long seed) {
    byte[] bytes = bytes(new Samples(seed).anywhereOnG2());
    assertThatThrownBy(() -> G2.read(bytes, 0))
        .isInstanceOf(InvalidPointException.class)
        .hasMessageContaining("subgroup");
  }

  private static byte[] bytes(JacobianPoint<Fp2> point) {
    byte[] bytes = new byte[G2.SIZE];
    if (!point.isInfinity()) {
      AffinePoint<Fp2> affine = point.toAffine();
      affine.x().c1().encode(bytes, 0);
      affine.x().c0().encode(bytes, Fp.SIZE);
      affine.y().c1().encode(bytes, 2 * Fp.SIZE);
      affine.y().c0().encode(bytes, 3 * Fp.SIZE);
    }
    return bytes;
  }

  private static void write(BigInteger value, byte[] target, int offset) {
    byte[] digits = value.toByteArray();
    System.arraycopy(digits, 0, target, offset + Fp.SIZE - digits.length, digits.length);
  }
}
