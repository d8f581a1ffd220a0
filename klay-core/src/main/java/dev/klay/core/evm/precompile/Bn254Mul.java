package dev.klay.core.evm.precompile;

import dev.klay.crypto.bn254.G1;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A multiple of a point of the first alt_bn128 group at address 0x07: EIP-196, ECMUL. Input is a
 * point and a scalar of 32 bytes; if too short, it ends in zeros; what is too long is ignored.
 */
public final class Bn254Mul extends Bn254Precompile {
  public static final Bn254Mul BYZANTIUM = new Bn254Mul(40_000);

  /** With the price of EIP-1108. */
  public static final Bn254Mul ISTANBUL = new Bn254Mul(6_000);

  private static final int INPUT_SIZE = G1.SIZE + 32;

  /** Source: klaytn/klaytn, params/computation_cost_params.go. */
  private static final long COMPUTATION_COST = 100_000;

  private final long gas;

  private Bn254Mul(long gas) {
    this.gas = gas;
  }

  @Override
  public int used(CallData input) {
    return Math.min(input.size(), INPUT_SIZE);
  }

  @Override
  public long gas(CallData input) {
    return gas;
  }

  @Override
  public long computationCost(CallData input) {
    return COMPUTATION_COST;
  }

  @Override
  byte[] compute(byte[] input) {
    byte[] padded = Arrays.copyOf(input, INPUT_SIZE);
    BigInteger scalar = new BigInteger(1, Arrays.copyOfRange(padded, G1.SIZE, INPUT_SIZE));
    return G1.read(padded, 0).multiply(scalar).toBytes();
  }
}
