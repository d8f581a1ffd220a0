package dev.klay.crypto.bls12381;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
  private static final String P_HEX =
      "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab";

  @Property(tries = 25)
  void pointsOfG1ComeBackFromEveryEncoding(@ForAll long seed) {
    Samples samples = new Samples(seed);
    G1 inside = samples.g1();
    assertThat(G1.decode(inside.encode())).isEqualTo(inside).hasSameHashCodeAs(inside);
    assertThat(G1.decodeUncompressed(inside.encodeUncompressed())).isEqualTo(inside);
    assertThat(G1.ofCoordinates(inside.toCoordinates())).isEqualTo(inside);
    JacobianPoint<Fp> anywhere = samples.anywhereOnG1();
    PointCodec<Fp> codec = new PointCodec<>(Curve.G1);
    assertThat(codec.decompress(codec.compress(anywhere)).isSameAs(anywhere)).isTrue();
  }

  @Property(tries = 25)
  void pointsOfG2ComeBackFromEveryEncoding(@ForAll long seed) {
    Samples samples = new Samples(seed);
    G2 inside = samples.g2();
    assertThat(G2.decode(inside.encode())).isEqualTo(inside).hasSameHashCodeAs(inside);
    assertThat(G2.decodeUncompressed(inside.encodeUncompressed())).isEqualTo(inside);
    assertThat(G2.ofCoordinates(inside.toCoordinates())).isEqualTo(inside);
    JacobianPoint<Fp2> anywhere = samples.anywhereOnG2();
    PointCodec<Fp2> codec = new PointCodec<>(Curve.G2);
    assertThat(codec.decompress(codec.compress(anywhere)).isSameAs(anywhere)).isTrue();
  }

  @Test
  void theGeneratorHasItsKnownCoordinates() {
    assertThat(Hex.encode(G1.GENERATOR.toCoordinates()))
        .isEqualTo(
            "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"
                + "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1");
  }

  @Test
  void infinityHasOneEncoding() {
    assertThat(G1.INFINITY.encode().toHex()).isEqualTo("0xc0" + "00".repeat(47));
    assertThat(G2.INFINITY.encodeUncompressed().toHex()).isEqualTo("0x40" + "00".repeat(191));
    assertThat(G1.INFINITY.toCoordinates()).containsOnly(0);
    assertThat(G1.decode(G1.INFINITY.encode()).isInfinity()).isTrue();
    assertThat(G2.decodeUncompressed(G2.INFINITY.encodeUncompressed()).isInfinity()).isTrue();
    assertThat(G2.ofCoordinates(new byte[192]).isInfinity()).isTrue();
  }

  /**
   * Not compressed; infinity with a sign; infinity with a coordinate; p as x; no point; too long.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb",
        "e00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
        "c00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
        "9a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
        "800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
        "97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb00",
        "",
      })
  void otherBytesAreNoCompressedPoint(String hex) {
    assertThatThrownBy(() -> G1.decode(Bytes.fromHex(hex)))
        .isInstanceOf(InvalidPointException.class);
  }

  @Test
  void coordinatesMustBeBelowTheModulusAndOnTheCurve() {
    assertThatThrownBy(() -> G1.ofCoordinates(Hex.decode(P_HEX + "00".repeat(47) + "02")))
        .isInstanceOf(InvalidPointException.class)
        .hasMessageContaining("modulus");
    assertThatThrownBy(() -> G1.ofCoordinates(Hex.decode("00".repeat(95) + "01")))
        .isInstanceOf(InvalidPointException.class)
        .hasMessageContaining("not on the curve");
    assertThatThrownBy(() -> G1.ofCoordinates(new byte[95]))
        .isInstanceOf(InvalidPointException.class)
        .hasMessageContaining("96 bytes");
  }

  @Test
  void uncompressedPointsHaveNoOtherFlag() {
    byte[] bytes = G1.GENERATOR.encodeUncompressed().toArray();
    for (int flag : new int[] {0x80, 0x40, 0x20}) {
      byte[] flagged = bytes.clone();
      flagged[0] |= (byte) flag;
      assertThatThrownBy(() -> G1.decodeUncompressed(Bytes.of(flagged)))
          .isInstanceOf(InvalidPointException.class);
    }
  }
}
