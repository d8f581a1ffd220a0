package dev.klay.core.evm.precompile;

import org.jspecify.annotations.Nullable;

/** A contract that is part of the machine. */
public interface Precompile {
  /** What a call costs; cheap to compute whatever the input is. */
  long gas(CallData input);

  /**
   * On how many bytes from its start on the output depends; what is behind them is not copied. Of
   * input that is too long, one more than is right.
   */
  default int used(CallData input) {
    return input.size();
  }

  /** The output; null if the input is refused, which takes all gas. */
  byte @Nullable [] run(byte[] input);

  /** Klaytn's computation cost of a call. */
  default long computationCost(CallData input) {
    return 0;
  }
}
