package dev.klay.core.evm.trace;

import dev.klay.core.evm.CallEnd;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.ExecutionResult.Status;
import dev.klay.core.evm.HaltReason;
import dev.klay.core.evm.Step;
import dev.klay.core.evm.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a run that fails has failed: which call, which opcode, with how much gas. A frame
 * that reverts with the data of a call it made, or runs out of gas as that call did, only passes
 * the failure on; the place is that of the call. For one run.
 */
public final class FailureTracer implements Tracer {
  private final List<Open> open = new ArrayList<>();
  private @Nullable Failure failure;

  /** A frame that runs, at most 1,025 of them. */
  private static final class Open {
    final Failure.Hop hop;
    Optional<CodePosition> position = Optional.empty();

    /** How the last call it made failed. */
    Optional<Failure> within = Optional.empty();

    Open(Failure.Hop hop) {
      this.hop = hop;
    }
  }

  @Override
  public void onEnter(CallStart call) {
    Optional<CodePosition> from =
        open.isEmpty() ? Optional.empty() : open.get(open.size() - 1).position;
    open.add(new Open(new Failure.Hop(call, from)));
  }

  @Override
  public void onStep(Step step) {
    open.get(open.size() - 1).position = Optional.of(CodePosition.of(step));
  }

  @Override
  public void onExit(CallEnd end) {
    Optional<Failure> own = end.status() == Status.SUCCESS ? Optional.empty() : place(end);
    Open done = open.remove(open.size() - 1);
    if (open.isEmpty()) {
      failure = own.orElse(null);
    } else if (done.hop.call().kind() != CallStart.Kind.SELFDESTRUCT) {
      open.get(open.size() - 1).within = own;
    }
  }

  private Optional<Failure> place(CallEnd end) {
    Open done = open.get(open.size() - 1);
    if (done.within.filter(inner -> passesOn(end, inner.end())).isPresent()) {
      return done.within;
    }
    boolean isBehindCode =
        end.halt()
            .filter(
                reason ->
                    reason == HaltReason.CODE_STORE_OUT_OF_GAS
                        || reason == HaltReason.CODE_TOO_LARGE
                        || reason == HaltReason.INVALID_CODE)
            .isPresent();
    return Optional.of(
        new Failure(
            open.stream().map(frame -> frame.hop).toList(),
            isBehindCode ? Optional.empty() : done.position,
            end));
  }

  private static boolean passesOn(CallEnd outer, CallEnd inner) {
    if (outer.status() == Status.REVERT) {
      return outer.output().equals(inner.output());
    }
    return outer.halt().equals(Optional.of(HaltReason.OUT_OF_GAS))
        && inner.halt().equals(outer.halt());
  }

  /** Where the run failed; empty if it succeeded or is not over. */
  public Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }
}
