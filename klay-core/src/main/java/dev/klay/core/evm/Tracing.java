package dev.klay.core.evm;

import dev.klay.core.block.Log;
import dev.klay.core.evm.precompile.CallData;
import dev.klay.core.state.StateView;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.Arrays;
import java.util.Optional;

/** Tells a tracer what the machine does; tells nobody if there is none. */
final class Tracing {
  /** More than any memory costs that exists; the rest is told as the static price. */
  private static final long UNPAYABLE = 1L << 62;

  private final Tracer tracer;
  private final StateView state;

  Tracing(Tracer tracer, StateView state) {
    this.tracer = tracer;
    this.state = state;
  }

  boolean isOn() {
    return tracer != Tracer.NONE;
  }

  /** An opcode that runs next; so the one before is paid. */
  void step(Frame f, int op, Step.Totals totals) {
    paid(f, f.gas);
    tracer.onStep(new Step(f, state, op, totals, Optional.empty()));
    f.gasAtStep = f.gas;
    f.priceAtStep = totals.price();
  }

  /** An opcode that does not run. */
  void refused(Frame f, int op, Step.Totals totals, HaltReason reason) {
    if (isOn()) {
      paid(f, f.gas);
      tracer.onStep(new Step(f, state, op, totals, Optional.of(reason)));
      tracer.onCost(totals.price(), f.memory.size());
    }
  }

  /** The frame's opcode took all it takes, if there is one of which this was not told. */
  private void paid(Frame f, long gasLeft) {
    if (f.gasAtStep >= 0) {
      long cost = f.gasAtStep - gasLeft;
      tracer.onCost(cost < 0 || cost > UNPAYABLE ? f.priceAtStep : cost, f.memory.size());
      f.gasAtStep = -1;
    }
  }

  /** A frame is about to start one within, or is refused it. */
  void calling(Frame caller) {
    if (isOn()) {
      paid(caller, caller.gas);
    }
  }

  void logged(Frame f, Log log) {
    if (isOn()) {
      paid(f, f.gas);
      tracer.onLog(log);
    }
  }

  /** A frame was set up and is about to run. */
  void entered(Frame f, CallStart.Kind kind, Address to, boolean precompiled) {
    f.gasAtStart = f.gas;
    if (isOn()) {
      byte[] input =
          f.isCreation ? Arrays.copyOf(f.code.unsafePadded(), f.code.length()) : f.input.toArray();
      tracer.onEnter(
          new CallStart(
              kind,
              f.depth,
              kind == CallStart.Kind.DELEGATECALL ? f.address : f.caller,
              to,
              f.value,
              Bytes.wrap(input),
              f.gas,
              precompiled));
    }
  }

  /** A call or creation that never starts; its gas goes back. */
  void turnedDown(
      Frame caller,
      CallStart.Kind kind,
      Address to,
      UInt256 value,
      CallData input,
      long gas,
      HaltReason reason) {
    if (isOn()) {
      int depth = caller.depth + 1;
      tracer.onEnter(
          new CallStart(
              kind, depth, caller.address, to, value, Bytes.wrap(input.toArray()), gas, false));
      tracer.onExit(
          new CallEnd(depth, ExecutionResult.Status.HALT, Optional.of(reason), 0, Bytes.EMPTY));
    }
  }

  /** A creation at an address that is taken; its gas is gone. */
  void collided(Frame creator, CallStart.Kind kind, Address created, FrameStack.Creation creation) {
    if (isOn()) {
      int depth = creator.depth + 1;
      tracer.onEnter(
          new CallStart(
              kind,
              depth,
              creator.address,
              created,
              creation.value(),
              Bytes.wrap(creation.initCode()),
              creation.gas(),
              false));
      tracer.onExit(
          new CallEnd(
              depth,
              ExecutionResult.Status.HALT,
              Optional.of(HaltReason.ADDRESS_COLLISION),
              creation.gas(),
              Bytes.EMPTY));
    }
  }

  /** The frame's last opcode is done; storing the code of a creation comes on top. */
  void ending(Frame f, int outcome) {
    if (isOn()) {
      paid(f, outcome == Interpreter.HALTED ? f.gasAtHalt : f.gas);
    }
  }

  void exited(Frame f, int outcome) {
    if (isOn()) {
      tracer.onExit(
          new CallEnd(
              f.depth,
              status(outcome),
              Optional.ofNullable(f.halt),
              f.gasAtStart - f.gas,
              outcome == Interpreter.HALTED ? Bytes.EMPTY : Bytes.wrap(f.output)));
    }
  }

  void selfDestructed(Frame f, Address heir, UInt256 balance) {
    if (isOn()) {
      paid(f, f.gas);
      tracer.onEnter(
          new CallStart(
              CallStart.Kind.SELFDESTRUCT,
              f.depth + 1,
              f.address,
              heir,
              balance,
              Bytes.EMPTY,
              0,
              false));
      tracer.onExit(
          new CallEnd(
              f.depth + 1, ExecutionResult.Status.SUCCESS, Optional.empty(), 0, Bytes.EMPTY));
    }
  }

  static ExecutionResult.Status status(int outcome) {
    return switch (outcome) {
      case Interpreter.RETURNED -> ExecutionResult.Status.SUCCESS;
      case Interpreter.REVERTED -> ExecutionResult.Status.REVERT;
      default -> ExecutionResult.Status.HALT;
    };
  }
}
