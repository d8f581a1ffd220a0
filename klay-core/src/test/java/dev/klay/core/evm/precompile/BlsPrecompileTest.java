package dev.klay.core.evm.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.bls12381.G1;
import dev.klay.crypto.bls12381.G2;
import dev.klay.crypto.primitive.Hex;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the published vectors leave open: lengths, padding, prices of any length, laws. */
class BlsPrecompileTest {
  /** The longest array that Java has; the prices must not overflow before it. */
  private static final int PAIRS_MAX = Integer.MAX_VALUE / 160;

  private static final List<Precompile> ALL =
      List.of(
          new BlsG1Add(),
          new BlsG1Msm(),
          new BlsG2Add(),
          new BlsG2Msm(),
          new BlsPairingCheck(),
          new BlsMapFpToG1(),
          new BlsMapFp2ToG2());

  @Test
  void noInputOfAnotherLengthIsTaken() {
    for (Precompile precompile : ALL) {
      for (int length :
          new int[] {0, 1, 63, 65, 127, 129, 159, 161, 287, 289, 383, 385, 511, 513}) {
        assertThat(precompile.run(new byte[length])).isNull();
        assertThat(precompile.gas(CallData.of(new byte[length]))).isNotNegative();
      }
    }
  }

  @Test
  void paddingMustBeZero() {
    byte[] input = BlsEncoding.write(G1.GENERATOR);
    byte[] two = Arrays.copyOf(input, 2 * input.length);
    assertThat(new BlsG1Add().run(two)).isEqualTo(input);
    for (int position : new int[] {0, 15, 64, 79, 128, 143}) {
      byte[] padded = two.clone();
      padded[position] = 1;
      assertThat(new BlsG1Add().run(padded)).isNull();
    }
  }

  @Test
  void sumsOfMultiplesArePricedByNumber() {
    assertThat(new BlsG1Msm().gas(CallData.of(new byte[159]))).isZero();
    assertThat(new BlsG1Msm().gas(CallData.of(new byte[160]))).isEqualTo(12_000);
    assertThat(new BlsG1Msm().gas(CallData.of(new byte[2 * 160 + 1])))
        .isEqualTo(2 * 12_000 * 949 / 1000);
    assertThat(new BlsG2Msm().gas(CallData.of(new byte[3 * 288])))
        .isEqualTo(3 * 22_500 * 923 / 1000);
    assertThat(new BlsG1Msm().gas(CallData.of(new byte[200 * 160])))
        .isEqualTo(200 * 12_000 * 519 / 1000);
    assertThat(new BlsG2Msm().gas(CallData.of(new byte[128 * 288])))
        .isEqualTo(128 * 22_500 * 524 / 1000);
    assertThat(MsmDiscount.G1.apply(PAIRS_MAX, 12_000)).isEqualTo(PAIRS_MAX * 12_000L * 519 / 1000);
    assertThat(MsmDiscount.G2.apply(PAIRS_MAX, 1_125_000)).isPositive();
  }

  @Test
  void computationCostsAreThoseOfKaia() {
    assertThat(new BlsG1Add().computationCost(CallData.of(new byte[256]))).isEqualTo(18_750);
    assertThat(new BlsG2Add().computationCost(CallData.of(new byte[512]))).isEqualTo(30_000);
    assertThat(new BlsG1Msm().computationCost(CallData.of(new byte[2 * 160])))
        .isEqualTo(2 * 600_000 * 949 / 1000);
    assertThat(new BlsG2Msm().computationCost(CallData.of(new byte[2 * 288])))
        .isEqualTo(2 * 1_125_000);
    assertThat(new BlsPairingCheck().computationCost(CallData.of(new byte[2 * 384])))
        .isEqualTo(1_885_000 + 2 * 1_630_000);
    assertThat(new BlsMapFpToG1().computationCost(CallData.of(new byte[64]))).isEqualTo(275_000);
    assertThat(new BlsMapFp2ToG2().computationCost(CallData.of(new byte[128])))
        .isEqualTo(1_190_000);
    assertThat(new PointEvaluation().computationCost(CallData.of(new byte[192])))
        .isEqualTo(2_200_000);
  }

  @Property(tries = 5)
  void aMultipleOnOneSideCancelsTheOneOnTheOther(@ForAll long seed) {
    BigInteger scalar = new BigInteger(256, new Random(seed));
    G1 p = G1.sumOfMultiples(List.of(G1.GENERATOR), List.of(scalar)).negate();
    G2 q = G2.sumOfMultiples(List.of(G2.GENERATOR), List.of(scalar));
    byte[] input =
        concatenated(
            BlsEncoding.write(p),
            BlsEncoding.write(G2.GENERATOR),
            BlsEncoding.write(G1.GENERATOR),
            BlsEncoding.write(q));
    assertThat(new BlsPairingCheck().run(input)).isEqualTo(Hex.decode("00".repeat(31) + "01"));
    byte[] half = Arrays.copyOf(input, input.length / 2);
    assertThat(new BlsPairingCheck().run(half)).isEqualTo(new byte[32]);
  }

  @Test
  void additionTakesPointsOutsideTheSubgroupButNothingElseDoes() {
    byte[] orderThree = new byte[BlsEncoding.G1_SIZE];
    orderThree[orderThree.length - 1] = 2; // (0, 2)
    byte[] twice = new BlsG1Add().run(concatenated(orderThree, orderThree));
    assertThat(twice).isNotNull();
    assertThat(new BlsG1Add().run(concatenated(twice, orderThree)))
        .isEqualTo(new byte[BlsEncoding.G1_SIZE]);
    assertThat(new BlsG1Msm().run(concatenated(orderThree, new byte[32]))).isNull();
    assertThat(new BlsPairingCheck().run(concatenated(orderThree, new byte[BlsEncoding.G2_SIZE])))
        .isNull();
  }

  static byte[] concatenated(byte[]... parts) {
    byte[] whole = new byte[0];
    for (byte[] part : parts) {
      int start = whole.length;
      whole = Arrays.copyOf(whole, start + part.length);
      System.arraycopy(part, 0, whole, start, part.length);
    }
    return whole;
  }
}
