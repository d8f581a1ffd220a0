package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.MapToCurve;

/**
 * A pair of field elements to a point of the second BLS12-381 group at address 0x11: EIP-2537,
 * BLS12_MAP_FP2_TO_G2.
 */
public final class BlsMapFp2ToG2 extends BlsPrecompile {
  private static final long GAS = 23_800;

  /** Source: kaiachain/kaia, params/computation_cost_params.go. */
  private static final long COMPUTATION_COST = 1_190_000;

  @Override
  public int used(CallData input) {
    return Math.min(input.size(), 2 * BlsEncoding.ELEMENT_SIZE + 1);
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
    return length == 2 * BlsEncoding.ELEMENT_SIZE;
  }

  @Override
  byte[] compute(byte[] input) {
    return BlsEncoding.write(MapToCurve.toG2(BlsEncoding.readElements(input, 0, 2)));
  }
}
