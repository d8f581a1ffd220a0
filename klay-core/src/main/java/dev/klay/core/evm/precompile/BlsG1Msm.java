package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.G1;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of multiples of points of the first BLS12-381 group at address 0x0c: EIP-2537,
 * BLS12_G1MSM. Every point must be in the subgroup.
 */
public final class BlsG1Msm extends BlsPrecompile {
  private static final int PAIR_SIZE = BlsEncoding.G1_SIZE + BlsEncoding.SCALAR_SIZE;
  private static final long MULTIPLICATION_GAS = 12_000;

  /** Source: kaiachain/kaia, params/computation_cost_params.go. */
  private static final long MULTIPLICATION_COST = 600_000;

  @Override
  public long gas(CallData input) {
    return MsmDiscount.G1.apply(input.size() / PAIR_SIZE, MULTIPLICATION_GAS);
  }

  @Override
  public long computationCost(CallData input) {
    return MsmDiscount.G1.apply(input.size() / PAIR_SIZE, MULTIPLICATION_COST);
  }

  @Override
  boolean isLength(int length) {
    return length > 0 && length % PAIR_SIZE == 0;
  }

  @Override
  byte[] compute(byte[] input) {
    List<G1> points = new ArrayList<>();
    List<BigInteger> scalars = new ArrayList<>();
    for (int offset = 0; offset < input.length; offset += PAIR_SIZE) {
      points.add(BlsEncoding.readG1(input, offset));
      scalars.add(BlsEncoding.readScalar(input, offset + BlsEncoding.G1_SIZE));
    }
    return BlsEncoding.write(G1.sumOfMultiples(points, scalars));
  }
}
