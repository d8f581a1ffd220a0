package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.G1;

/**
 * The sum of two points of the first BLS12-381 group at address 0x0b: EIP-2537, BLS12_G1ADD. The
 * points need not be in the subgroup.
 */
public final class BlsG1Add extends BlsPrecompile {
  private static final long GAS = 375;

  /** Source: kaiachain/kaia, params/computation_cost_params.go. */
  private static final long COMPUTATION_COST = 18_750;

  @Override
  public int used(CallData input) {
    return Math.min(input.size(), 2 * BlsEncoding.G1_SIZE + 1);
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
  boolean isLength(int length) {
    return length == 2 * BlsEncoding.G1_SIZE;
  }

  @Override
  byte[] compute(byte[] input) {
    G1 a = BlsEncoding.readG1(input, 0);
    G1 b = BlsEncoding.readG1(input, BlsEncoding.G1_SIZE);
    return BlsEncoding.write(a.add(b));
  }
}
