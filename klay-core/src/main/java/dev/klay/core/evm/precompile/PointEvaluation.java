package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.G1;
import dev.klay.crypto.bls12381.G2;
import dev.klay.crypto.bls12381.InvalidPointException;
import dev.klay.crypto.bls12381.Pairing;
import dev.klay.crypto.bls12381.PreparedG2;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a polynomial, known by its KZG commitment, has a value at a point, at address 0x0a.
 * Input: versioned hash (32 bytes), z (32), y (32), commitment (48), proof (48). Output: the number
 * of field elements of a blob and the modulus, a word each. Source: EIP-4844, point evaluation
 * precompile.
 */
public final class PointEvaluation implements Precompile {
  private static final int INPUT_SIZE = 192;
  private static final long GAS = 50_000;

  /** Source: kaiachain/kaia, params/computation_cost_params.go. */
  private static final long COMPUTATION_COST = 2_200_000;

  private static final byte VERSIONED_HASH_VERSION_KZG = 1;

  /** The order of the groups, BLS_MODULUS. */
  private static final BigInteger MODULUS =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

  /** 4096 and the modulus. */
  private static final byte[] OUTPUT =
      Hex.decode(
          "0000000000000000000000000000000000000000000000000000000000001000"
              + "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

  /**
   * tau times the generator of G2, all that verification needs of the trusted setup. Source: the
   * KZG ceremony of Ethereum, trusted_setup_4096.json of ethereum/consensus-specs, g2_monomial[1].
   */
  private static final PreparedG2 TAU =
      PreparedG2.of(
          G2.decode(
              Bytes.fromHex(
                  "0xb5bfd7dd8cdeb128843bc287230af38926187075cbfbefa8"
                      + "1009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72"
                      + "185cbfee53492714734429b7b38608e23926c911cceceac9"
                      + "a36851477ba4c60b087041de621000edc98edada20c1def2")));

  private static final PreparedG2 MINUS_ONE = PreparedG2.of(G2.GENERATOR.negate());

  @Override
  public int used(CallData input) {
    return Math.min(input.size(), INPUT_SIZE + 1);
  }

  @Override
  public long gas(CallData input) {
    return GAS;
  }

  @Override
  public long computationCost(CallData input) {
    return COMPUTATION_COST;
  }

  @Override
  public byte @Nullable [] run(byte[] input) {
    if (input.length != INPUT_SIZE) {
      return null;
    }
    byte[] versionedHash = Arrays.copyOfRange(input, 0, 32);
    BigInteger z = BlsEncoding.readScalar(input, 32);
    BigInteger y = BlsEncoding.readScalar(input, 64);
    byte[] commitment = Arrays.copyOfRange(input, 96, 144);
    byte[] proof = Arrays.copyOfRange(input, 144, 192);
    if (!Arrays.equals(versionedHash, versionedHashOf(commitment))
        || z.compareTo(MODULUS) >= 0
        || y.compareTo(MODULUS) >= 0) {
      return null;
    }
    try {
      return isProved(commitment, z, y, proof) ? OUTPUT.clone() : null;
    } catch (InvalidPointException e) {
      return null;
    }
  }

  /**
   * e(proof, tau - z) = e(commitment - y, 1), with the multiple of the proof moved to the side
   * where multiplying is cheap: e(commitment - y + z proof, -1) e(proof, tau) = 1.
   */
  private static boolean isProved(byte[] commitment, BigInteger z, BigInteger y, byte[] proof) {
    G1 c = G1.decode(Bytes.wrap(commitment)).ensureInSubgroup();
    G1 pi = G1.decode(Bytes.wrap(proof)).ensureInSubgroup();
    G1 shifted = c.add(G1.sumOfMultiples(List.of(G1.GENERATOR, pi), List.of(y.negate(), z)));
    return new Pairing().multiply(shifted, MINUS_ONE).multiply(pi, TAU).isOne();
  }

  private static byte[] versionedHashOf(byte[] commitment) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(commitment);
      hash[0] = VERSIONED_HASH_VERSION_KZG;
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
