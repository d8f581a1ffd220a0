package dev.klay.core.evm.precompile;

import dev.klay.crypto.bn254.G1;
import java.util.Arrays;

/**
 * The sum of two points of the first alt_bn128 group at address 0x06: EIP-196, ECADD. Input that is
 * too short ends in zeros; what is too long is ignored.
 */
public final class Bn254Add extends Bn254Precompile {
  public static final Bn254Add BYZANTIUM = new Bn254Add(500);

  /** With the price of EIP-1108. */
  public static final Bn254Add ISTANBUL = new Bn254Add(150);

  private static final int INPUT_SIZE = 2 * G1.SIZE;

  /** Source: klaytn/klaytn, params/computation_cost_params.go. */
  private static final long COMPUTATION_COST = 8_000;

  private final long gas;

  private Bn254Add(long gas) {
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
    byte[] points = Arrays.copyOf(input, INPUT_SIZE);
    return G1.read(points, 0).add(G1.read(points, G1.SIZE)).toBytes();
  }
}
