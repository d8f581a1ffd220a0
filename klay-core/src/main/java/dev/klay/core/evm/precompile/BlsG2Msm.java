package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.G2;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of multiples of points of the second BLS12-381 group at address 0x0e: EIP-2537,
 * BLS12_G2MSM. Every point must be in the subgroup.
 */
public final class BlsG2Msm extends BlsPrecompile {
  private static final int PAIR_SIZE = BlsEncoding.G2_SIZE + BlsEncoding.SCALAR_SIZE;
  private static final long MULTIPLICATION_GAS = 22_500;

  /** Source: kaiachain/kaia, params/computation_cost_params.go. */
  private static final long MULTIPLICATION_COST = 1_125_000;

  @Override
  public long gas(CallData input) {
    return MsmDiscount.G2.apply(input.size() / PAIR_SIZE, MULTIPLICATION_GAS);
  }

  @Override
  public long computationCost(CallData input) {
    return MsmDiscount.G2.apply(input.size() / PAIR_SIZE, MULTIPLICATION_COST);
  }

  @Override
  boolean isLength(int length) {
    return length > 0 && length % PAIR_SIZE == 0;
  }

  @Override
  byte[] compute(byte[] input) {
    List<G2> points = new ArrayList<>();
    List<BigInteger> scalars = new ArrayList<>();
    for (int offset = 0; offset < input.length; offset += PAIR_SIZE) {
      points.add(BlsEncoding.readG2(input, offset));
      scalars.add(BlsEncoding.readScalar(input, offset + BlsEncoding.G2_SIZE));
    }
    return BlsEncoding.write(G2.sumOfMultiples(points, scalars));
  }
}
