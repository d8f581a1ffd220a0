package dev.klay.core.evm.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.bls12381.G1;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PointEvaluationTest {
  private static final BigInteger MODULUS =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
  private static final byte[] SUCCESS = Hex.decode("00".repeat(30) + "1000" + MODULUS.toString(16));

  private final PointEvaluation precompile = new PointEvaluation();

  @Property(tries = 10)
  void aConstantHasItsValueEverywhereAndNoOther(@ForAll long seed) {
    Random random = new Random(seed);
    BigInteger constant = new BigInteger(300, random).mod(MODULUS);
    BigInteger z = new BigInteger(300, random).mod(MODULUS);
    G1 commitment = multiple(G1.GENERATOR, constant);
    assertThat(precompile.run(input(z, constant, commitment, G1.INFINITY))).isEqualTo(SUCCESS);
    BigInteger wrong = constant.add(BigInteger.ONE).mod(MODULUS);
    assertThat(precompile.run(input(z, wrong, commitment, G1.INFINITY))).isNull();
    assertThat(precompile.run(input(z, constant, commitment, G1.GENERATOR))).isNull();
  }

  /** The polynomial a + b X, committed with the first two points of the setup in G1. */
  @Test
  @Tag("conformance")
  void aLineHasItsValuesUnderThePublicSetup() throws IOException {
    List<String> setup = Files.readAllLines(Vectors.require("ethereum/kzg/trusted_setup.txt"));
    int elements = Integer.parseInt(setup.get(0));
    int g2Points = Integer.parseInt(setup.get(1));
    G1 tau = G1.decode(Bytes.fromHex(setup.get(2 + elements + g2Points + 1)));
    Random random = new Random(1);
    for (int i = 0; i < 5; i++) {
      BigInteger a = new BigInteger(254, random);
      BigInteger b = new BigInteger(254, random);
      BigInteger z = new BigInteger(254, random);
      BigInteger y = b.multiply(z).add(a).mod(MODULUS);
      G1 commitment = G1.sumOfMultiples(List.of(G1.GENERATOR, tau), List.of(a, b));
      G1 proof = multiple(G1.GENERATOR, b);
      assertThat(precompile.run(input(z, y, commitment, proof))).isEqualTo(SUCCESS);
      assertThat(precompile.run(input(z, y, commitment, proof.negate()))).isNull();
      assertThat(precompile.run(input(a, y, commitment, proof))).isNull();
    }
  }

  @Test
  void scalarsMustBeBelowTheModulus() {
    G1 commitment = G1.GENERATOR;
    assertThat(precompile.run(input(MODULUS, BigInteger.ONE, commitment, G1.INFINITY))).isNull();
    BigInteger alsoOne = MODULUS.add(BigInteger.ONE);
    assertThat(precompile.run(input(BigInteger.ZERO, alsoOne, commitment, G1.INFINITY))).isNull();
    assertThat(precompile.run(input(BigInteger.ZERO, BigInteger.ONE, commitment, G1.INFINITY)))
        .isEqualTo(SUCCESS);
  }

  @Test
  void hashVersionLengthAndPointsAreChecked() {
    byte[] good = input(BigInteger.ZERO, BigInteger.ONE, G1.GENERATOR, G1.INFINITY);
    assertThat(precompile.run(good)).isEqualTo(SUCCESS);
    byte[] version = good.clone();
    version[0] = 2;
    assertThat(precompile.run(version)).isNull();
    assertThat(precompile.run(Arrays.copyOf(good, 191))).isNull();
    assertThat(precompile.run(Arrays.copyOf(good, 193))).isNull();
    assertThat(precompile.run(new byte[0])).isNull();
    byte[] proof = good.clone();
    proof[191] = 1;
    assertThat(precompile.run(proof)).isNull();
    assertThat(precompile.gas(CallData.of(new byte[0]))).isEqualTo(50_000);
  }

  @Test
  void aProofOutsideTheSubgroupIsRefused() {
    byte[] orderThree = new byte[96];
    orderThree[95] = 2;
    G1 outside = G1.ofCoordinates(orderThree);
    assertThat(precompile.run(input(BigInteger.ZERO, BigInteger.ONE, G1.GENERATOR, outside)))
        .isNull();
    G1 shifted = G1.GENERATOR.add(outside);
    assertThat(precompile.run(input(BigInteger.ZERO, BigInteger.ONE, shifted, G1.INFINITY)))
        .isNull();
  }

  private static G1 multiple(G1 point, BigInteger scalar) {
    return G1.sumOfMultiples(List.of(point), List.of(scalar));
  }

  private static byte[] input(BigInteger z, BigInteger y, G1 commitment, G1 proof) {
    byte[] encoded = commitment.encode().toArray();
    return BlsPrecompileTest.concatenated(
        versionedHash(encoded), word(z), word(y), encoded, proof.encode().toArray());
  }

  private static byte[] versionedHash(byte[] commitment) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(commitment);
      hash[0] = 1;
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] word(BigInteger value) {
    return Hex.decode("0".repeat(64 - value.toString(16).length()) + value.toString(16));
  }
}
