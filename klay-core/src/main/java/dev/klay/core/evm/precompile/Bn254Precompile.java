package dev.klay.core.evm.precompile;

import dev.klay.crypto.bn254.InvalidPointException;
import org.jspecify.annotations.Nullable;

/** A contract of EIP-196 or EIP-197: input with a point that is none is refused. */
abstract class Bn254Precompile implements Precompile {

  /** The output; {@link InvalidPointException} if a point is refused. */
  abstract byte[] compute(byte[] input);

  @Override
  public final byte @Nullable [] run(byte[] input) {
    try {
      return compute(input);
    } catch (InvalidPointException e) {
      return null;
    }
  }
}
