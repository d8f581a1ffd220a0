package dev.klay.consensus.rpc;

/**
 * Whether a method takes microseconds only. Then handing it to another thread, and its answer back,
 * would take longer than the answer itself.
 */
public enum Brevity {
  /** Whatever it is asked, and it waits for nobody. */
  ALWAYS,
  /** Often; and it stops where {@link RpcParams#budget()} is spent, having changed nothing. */
  OFTEN,
  /** It may take long. */
  NEVER
}
