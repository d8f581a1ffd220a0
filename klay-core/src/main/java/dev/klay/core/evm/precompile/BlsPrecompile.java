package dev.klay.core.evm.precompile;

import dev.klay.crypto.bls12381.InvalidPointException;
import org.jspecify.annotations.Nullable;

/** A contract of EIP-2537: input of another length, or with a point that is none, is refused. */
abstract class BlsPrecompile implements Precompile {

  /** Whether input of so many bytes can be right. */
  abstract boolean isLength(int length);

  /** The output; {@link InvalidPointException} if a point or field element is refused. */
  abstract byte[] compute(byte[] input);

  @Override
  public final byte @Nullable [] run(byte[] input) {
    if (!isLength(input.length)) {
      return null;
    }
    try {
      return compute(input);
    } catch (InvalidPointException e) {
      return null;
    }
  }
}
