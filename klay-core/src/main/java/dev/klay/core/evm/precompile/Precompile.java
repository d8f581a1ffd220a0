package dev.klay.core.evm.precompile;

import org.jspecify.annotations.Nullable;

/** A contract that is part of the machine. */
public interface Precompile {
  /** What a call costs; cheap to compute whatever the input is. */
  long gas(byte[] input);

  /** The output; null if the input is refused, which takes all gas. */
  byte @Nullable [] run(byte[] input);

  /** Klaytn's computation cost of a call. */
  default long computationCost(byte[] input) {
    return 0;
  }
}
