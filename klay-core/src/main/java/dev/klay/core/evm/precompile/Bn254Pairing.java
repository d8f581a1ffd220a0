package dev.klay.core.evm.precompile;

import dev.klay.crypto.bn254.G1;
import dev.klay.crypto.bn254.G2;
import dev.klay.crypto.bn254.InvalidPointException;
import dev.klay.crypto.bn254.Pairing;

/**
 * Whether a product of alt_bn128 pairings is 1, as a word, at address 0x08: EIP-197. Input is a
 * sequence of pairs, a point of G1 (64 bytes) and one of G2 (128 bytes); no pair gives 1.
 */
public final class Bn254Pairing extends Bn254Precompile {
  public static final Bn254Pairing BYZANTIUM = new Bn254Pairing(100_000, 80_000);

  /** With the prices of EIP-1108. */
  public static final Bn254Pairing ISTANBUL = new Bn254Pairing(45_000, 34_000);

  private static final int PAIR_SIZE = G1.SIZE + G2.SIZE;
  private static final int OUTPUT_SIZE = 32;

  /** Source of both costs: klaytn/klaytn, params/computation_cost_params.go. */
  private static final long BASE_COST = 2_000_000;

  private static final long PAIR_COST = 1_000_000;

  private final long baseGas;
  private final long pairGas;

  private Bn254Pairing(long baseGas, long pairGas) {
    this.baseGas = baseGas;
    this.pairGas = pairGas;
  }

  @Override
  public long gas(CallData input) {
    return baseGas + input.size() / PAIR_SIZE * pairGas;
  }

  @Override
  public long computationCost(CallData input) {
    return BASE_COST + input.size() / PAIR_SIZE * PAIR_COST;
  }

  @Override
  byte[] compute(byte[] input) {
    if (input.length % PAIR_SIZE != 0) {
      throw new InvalidPointException(
          "the input has a multiple of " + PAIR_SIZE + " bytes, not " + input.length);
    }
    Pairing pairing = new Pairing();
    for (int offset = 0; offset < input.length; offset += PAIR_SIZE) {
      pairing.multiply(G1.read(input, offset), G2.read(input, offset + G1.SIZE));
    }
    byte[] output = new byte[OUTPUT_SIZE];
    output[OUTPUT_SIZE - 1] = (byte) (pairing.isOne() ? 1 : 0);
    return output;
  }
}
