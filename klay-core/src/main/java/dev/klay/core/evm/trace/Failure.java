package dev.klay.core.evm.trace;

import dev.klay.core.evm.CallEnd;
import dev.klay.core.evm.CallStart;
import java.util.List;
import java.util.Optional;

/**
 * Where a run failed.
 *
 * @param path the calls from the outermost to the one that failed by itself
 * @param position the opcode at which it failed; empty if it did not get as far as its code, or
 *     failed behind it: a precompiled contract, a refused call, code that could not be stored
 * @param end how it failed, with the revert data
 */
public record Failure(List<Hop> path, Optional<CodePosition> position, CallEnd end) {
  public Failure {
    path = List.copyOf(path);
  }

  /**
   * A call on the way.
   *
   * @param from the opcode of the caller that made it; empty for the outermost
   */
  public record Hop(CallStart call, Optional<CodePosition> from) {}

  /** The reason that revert data give. */
  public RevertReason reason() {
    return RevertReason.decode(end.output());
  }
}
