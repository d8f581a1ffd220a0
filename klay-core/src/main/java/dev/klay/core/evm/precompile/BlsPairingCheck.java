package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.Pairing;

/**
 * Whether a product of BLS12-381 pairings is 1, as a word, at address 0x0f: EIP-2537,
 * BLS12_PAIRING_CHECK. Every point must be in its subgroup.
 */
public final class BlsPairingCheck extends BlsPrecompile {
  private static final int PAIR_SIZE = BlsEncoding.G1_SIZE + BlsEncoding.G2_SIZE;
  private static final int OUTPUT_SIZE = 32;
  private static final long BASE_GAS = 37_700;
  private static final long PAIR_GAS = 32_600;

  /** Source of both costs: kaiachain/kaia, params/computation_cost_params.go. */
  private static final long BASE_COST = 1_885_000;

  private static final long PAIR_COST = 1_630_000;

  @Override
  public long gas(CallData input) {
    return BASE_GAS + input.size() / PAIR_SIZE * PAIR_GAS;
  }

  @Override
  public long computationCost(CallData input) {
    return BASE_COST + input.size() / PAIR_SIZE * PAIR_COST;
  }

  @Override
  boolean isLength(int length) {
    return length > 0 && length % PAIR_SIZE == 0;
  }

  @Override
  byte[] compute(byte[] input) {
    Pairing pairing = new Pairing();
    for (int offset = 0; offset < input.length; offset += PAIR_SIZE) {
      pairing.multiply(
          BlsEncoding.readG1(input, offset),
          BlsEncoding.readG2(input, offset + BlsEncoding.G1_SIZE));
    }
    byte[] output = new byte[OUTPUT_SIZE];
    output[OUTPUT_SIZE - 1] = (byte) (pairing.isOne() ? 1 : 0);
    return output;
  }
}
