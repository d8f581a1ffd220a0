package dev.klay.core.evm.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.bn254.G1;
import dev.klay.crypto.primitive.Hex;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the published vectors leave open: lengths, prices of both forks, refusals, laws. */
class Bn254PrecompileTest {
  private static final byte[] ONE = Hex.decode("00".repeat(31) + "01");
  private static final byte[] MODULUS =
      Hex.decode("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47");

  /** Source: EIP-197, the generator P2, of each coordinate the imaginary part first. */
  private static final byte[] G2_GENERATOR =
      Hex.decode(
          "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"
              + "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"
              + "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"
              + "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa");

  @Test
  void pricesAreThoseOfByzantiumAndOfIstanbul() {
    byte[] input = new byte[5 * 192 + 191];
    assertThat(Bn254Add.BYZANTIUM.gas(CallData.of(input))).isEqualTo(500);
    assertThat(Bn254Add.ISTANBUL.gas(CallData.of(input))).isEqualTo(150);
    assertThat(Bn254Mul.BYZANTIUM.gas(CallData.of(input))).isEqualTo(40_000);
    assertThat(Bn254Mul.ISTANBUL.gas(CallData.of(input))).isEqualTo(6_000);
    assertThat(Bn254Pairing.BYZANTIUM.gas(CallData.of(input))).isEqualTo(100_000 + 5 * 80_000);
    assertThat(Bn254Pairing.ISTANBUL.gas(CallData.of(input))).isEqualTo(45_000 + 5 * 34_000);
    assertThat(Bn254Pairing.BYZANTIUM.gas(CallData.of(new byte[0]))).isEqualTo(100_000);
  }

  @Test
  void computationCostsAreThoseOfKlaytn() {
    assertThat(Bn254Add.ISTANBUL.computationCost(CallData.of(new byte[128]))).isEqualTo(8_000);
    assertThat(Bn254Mul.BYZANTIUM.computationCost(CallData.of(new byte[96]))).isEqualTo(100_000);
    assertThat(Bn254Pairing.ISTANBUL.computationCost(CallData.of(new byte[0])))
        .isEqualTo(2_000_000);
    assertThat(Bn254Pairing.ISTANBUL.computationCost(CallData.of(new byte[3 * 192])))
        .isEqualTo(5_000_000);
  }

  @Property(tries = 20)
  void shortInputsEndInZerosAndLongOnesAreCut(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] input = concatenated(multiple(random), multiple(random));
    byte[] tail = new byte[random.nextInt(100)];
    random.nextBytes(tail);
    for (Precompile each : new Precompile[] {Bn254Add.ISTANBUL, Bn254Mul.ISTANBUL}) {
      byte[] first = Arrays.copyOf(input, 64);
      assertThat(each.run(first)).isEqualTo(each.run(Arrays.copyOf(first, 128))).isNotNull();
      assertThat(each.run(concatenated(input, tail))).isEqualTo(each.run(input)).isNotNull();
      assertThat(each.run(new byte[0])).isEqualTo(new byte[64]);
    }
    assertThat(Bn254Add.ISTANBUL.run(Arrays.copyOf(input, 64))).isEqualTo(Arrays.copyOf(input, 64));
    byte[] mul = Arrays.copyOf(input, 64 + random.nextInt(32));
    assertThat(Bn254Mul.ISTANBUL.run(mul)).isEqualTo(Bn254Mul.ISTANBUL.run(Arrays.copyOf(mul, 96)));
  }

  @Test
  void scalarsAboveTheOrderAreTakenModuloIt() {
    byte[] order = Hex.decode("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001");
    byte[] generator = G1.GENERATOR.toBytes();
    assertThat(Bn254Mul.ISTANBUL.run(concatenated(generator, order))).isEqualTo(new byte[64]);
    order[31]++;
    assertThat(Bn254Mul.ISTANBUL.run(concatenated(generator, order))).isEqualTo(generator);
  }

  @Test
  void pointsThatAreNoneAreRefused() {
    byte[] offCurve = new byte[64];
    offCurve[31] = 1;
    byte[] unreduced = concatenated(MODULUS, new byte[32]);
    for (byte[] bad : new byte[][] {offCurve, unreduced}) {
      assertThat(Bn254Add.ISTANBUL.run(bad)).isNull();
      assertThat(Bn254Add.ISTANBUL.run(concatenated(G1.GENERATOR.toBytes(), bad))).isNull();
      assertThat(Bn254Mul.ISTANBUL.run(bad)).isNull();
      assertThat(Bn254Pairing.ISTANBUL.run(concatenated(bad, G2_GENERATOR))).isNull();
    }
    byte[] wrong = G2_GENERATOR.clone();
    wrong[127] ^= 1;
    assertThat(Bn254Pairing.ISTANBUL.run(concatenated(G1.GENERATOR.toBytes(), wrong))).isNull();
    assertThat(Bn254Pairing.ISTANBUL.run(concatenated(new byte[64], wrong))).isNull();
  }

  @Test
  void pairingsTakeWholePairsOnly() {
    assertThat(Bn254Pairing.ISTANBUL.run(new byte[0])).isEqualTo(ONE);
    assertThat(Bn254Pairing.ISTANBUL.run(new byte[2 * 192])).isEqualTo(ONE);
    for (int length : new int[] {1, 64, 128, 191, 193, 383}) {
      assertThat(Bn254Pairing.ISTANBUL.run(new byte[length])).isNull();
    }
  }

  @Property(tries = 5)
  void multiplesThatAddUpToZeroCancel(@ForAll long seed) {
    Random random = new Random(seed);
    BigInteger a = new BigInteger(256, random);
    BigInteger b = new BigInteger(256, random);
    byte[] input =
        concatenated(
            G1.GENERATOR.multiply(a).toBytes(), G2_GENERATOR,
            G1.GENERATOR.multiply(b).toBytes(), G2_GENERATOR,
            G1.GENERATOR.multiply(a.add(b).negate()).toBytes(), G2_GENERATOR);
    assertThat(Bn254Pairing.ISTANBUL.run(input)).isEqualTo(ONE);
    assertThat(Bn254Pairing.ISTANBUL.run(Arrays.copyOf(input, 2 * 192))).isEqualTo(new byte[32]);
  }

  private static byte[] multiple(Random random) {
    return G1.GENERATOR.multiply(new BigInteger(256, random)).toBytes();
  }

  private static byte[] concatenated(byte[]... parts) {
    byte[] whole = new byte[0];
    for (byte[] part : parts) {
      int start = whole.length;
      whole = Arrays.copyOf(whole, start + part.length);
      System.arraycopy(part, 0, whole, start, part.length);
    }
    return whole;
  }
}
