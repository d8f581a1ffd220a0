package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.MapToCurve;

/**
 * A field element to a point of the first BLS12-381 group at address 0x10: EIP-2537,
 * BLS12_MAP_FP_TO_G1.
 */
public final class BlsMapFpToG1 extends BlsPrecompile {
  private static final long GAS = 5_500;

  /** Source: kaiachain/kaia, params/computation_cost_params.go. */
  private static final long COMPUTATION_COST = 275_000;

  @Override
  public int used(CallData input) {
    return Math.min(input.size(), BlsEncoding.ELEMENT_SIZE + 1);
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
    return length == BlsEncoding.ELEMENT_SIZE;
  }

  @Override
  byte[] compute(byte[] input) {
    return BlsEncoding.write(MapToCurve.toG1(BlsEncoding.readElements(input, 0, 1)));
  }
}
