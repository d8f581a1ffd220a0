package dev.klay.core.evm;

import dev.klay.core.block.Log;

/**
 * Watches the machine. All methods are called by the thread that runs it, in the order in which
 * things happen; none may change the state. What they throw ends the run.
 */
public interface Tracer {
  /** Sees nothing; the machine runs at full speed. */
  Tracer NONE = new Tracer() {};

  /**
   * A transaction starts: its nonce is not yet raised, its gas may have been paid for. Messages
   * that are run without a transaction do not tell this.
   */
  default void onTransactionStart(BlockContext block, TxContext context, TxMessage tx) {}

  /** The transaction's message is over; who gets what for the gas is not yet settled. */
  default void onTransactionEnd(TxExecution.Outcome outcome) {}

  /**
   * An opcode is about to run, or halts the frame before it does anything.
   *
   * @param step a view that is valid until this method returns
   */
  default void onStep(Step step) {}

  /**
   * What the opcode told last takes in all; told once for each, before anything that follows from
   * it.
   *
   * @param gas the static and the dynamic part, with what a call hands on but without the stipend
   *     it adds; more than there was if the frame ran out of gas
   * @param memorySize of the frame in bytes, now that it is paid for
   */
  default void onCost(long gas, int memorySize) {}

  /** The frame that runs has logged; the log is taken back if the frame or one around it fails. */
  default void onLog(Log log) {}

  /**
   * A call or creation starts, the outermost included, or an account self-destructs. Calls that are
   * refused at once, too; their end follows immediately.
   */
  default void onEnter(CallStart call) {}

  /** What {@link #onEnter} told last and is not yet over, is over. */
  default void onExit(CallEnd end) {}
}
