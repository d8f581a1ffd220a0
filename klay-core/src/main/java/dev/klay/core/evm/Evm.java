package dev.klay.core.evm;

import dev.klay.core.block.Log;
import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.primitive.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one message on a state and all that follows from it. What the message changes stays in the
 * updater if it succeeds, and is undone if not; ending the transaction is the caller's business.
 * The sender's nonce is raised by a creation only.
 *
 * <pre>{@code
 * ExecutionResult result = Evm.run(rules, state, block, tx, message);
 * }</pre>
 */
public final class Evm {
  private Evm() {}

  /**
   * Runs a message.
   *
   * @param message whose value its sender owns
   */
  public static ExecutionResult run(
      EvmRules rules, StateUpdater state, BlockContext block, TxContext tx, Message message) {
    return run(rules, state, block, tx, message, Tracer.NONE);
  }

  /**
   * Runs a message and tells a tracer about it.
   *
   * @param message whose value its sender owns
   */
  public static ExecutionResult run(
      EvmRules rules,
      StateUpdater state,
      BlockContext block,
      TxContext tx,
      Message message,
      Tracer tracer) {
    return run(rules, state, block, tx, message, tracer, GasBudget.UNLIMITED);
  }

  /**
   * Runs a message within a budget.
   *
   * @param message whose value its sender owns
   * @param budget of this message, or what is left of that of several
   * @throws BudgetSpentException if it is spent; what the updater holds then is of no use
   */
  public static ExecutionResult run(
      EvmRules rules,
      StateUpdater state,
      BlockContext block,
      TxContext tx,
      Message message,
      Tracer tracer,
      GasBudget budget) {
    if (tracer == Tracer.NONE && FrameStack.isPlainTransfer(rules, state, message)) {
      FrameStack.transfer(state, message.from(), message.to().orElseThrow(), message.value());
      return ExecutionResult.plain(message.gas());
    }
    Tracing tracing = new Tracing(tracer, state);
    List<Log> logs = new ArrayList<>();
    StorageOperations storage = new StorageOperations(rules, state);
    FrameStack frames = new FrameStack(rules, state, tx, logs, storage, tracing, budget);
    CallOperations calls = new CallOperations(rules, state, frames, storage, tracing);
    Operations operations =
        new Operations(rules, state, block, tx, logs, storage, calls, tracing, budget);
    Interpreter interpreter = new Interpreter(rules, operations, tracing);
    frames.setInterpreter(interpreter);

    Optional<Integer> atOnce = frames.begin(message);
    Frame f = frames.current();
    int outcome = atOnce.isPresent() ? frames.end(f, atOnce.orElseThrow()) : Interpreter.CALLING;
    while (outcome == Interpreter.CALLING) {
      outcome = interpreter.run(f);
      if (outcome == Interpreter.CALLING) {
        f = frames.current();
        continue;
      }
      outcome = frames.end(f, outcome);
      if (!frames.isOutermost()) {
        Frame caller = frames.pop();
        frames.resume(caller, f, outcome);
        f = caller;
        outcome = Interpreter.CALLING;
      }
    }
    budget.use(message.gas() - f.gas);
    return result(f, outcome, storage.refund(), logs);
  }

  private static ExecutionResult result(Frame f, int outcome, long refund, List<Log> logs) {
    boolean halted = outcome == Interpreter.HALTED;
    // What was undone has taken its refunds and logs along. A halt leaves no gas but in the one
    // case in which it undoes nothing, either: see EvmRules.storesEfCode.
    return new ExecutionResult(
        Tracing.status(outcome),
        halted ? Optional.ofNullable(f.halt) : Optional.empty(),
        f.gas,
        refund,
        halted ? Bytes.EMPTY : Bytes.wrap(f.output),
        f.isCreation ? Optional.of(f.address) : Optional.empty(),
        logs);
  }
}
