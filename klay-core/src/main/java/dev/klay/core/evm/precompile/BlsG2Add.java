package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.G2;

/**
 * The sum of two points of the second BLS12-381 group at address 0x0d: EIP-2537, BLS12_G2ADD. The
 * points need not be in the subgroup.
 */
public final class BlsG2Add extends BlsPrecompile {
  private static final long GAS = 600;

  /** Source: kaiachain/kaia, params/computation_cost_params.go. */
  private static final long COMPUTATION_COST = 30_000;

  @Override
  public int used(CallData input) {
    return Math.min(input.size(), 2 * BlsEncoding.G2_SIZE + 1);
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
    return length == 2 * BlsEncoding.G2_SIZE;
  }

  @Override
  byte[] compute(byte[] input) {
    G2 a = BlsEncoding.readG2(input, 0);
    G2 b = BlsEncoding.readG2(input, BlsEncoding.G2_SIZE);
    return BlsEncoding.write(a.add(b));
  }
}
