package dev.klay.core.call;

/** Whether a call can succeed, and with how much gas. */
public sealed interface GasEstimate {
  /**
   * The call succeeds with this limit and fails with one less. Where more gas never hurts, as in
   * nearly all contracts, it is the smallest limit that suffices.
   *
   * @param gas limit
   * @param result with that limit
   */
  record Sufficient(long gas, CallResult result) implements GasEstimate {}

  /**
   * The call fails with the highest limit there is.
   *
   * @param limit that was tried: the call's own, what the payer can afford, or what is allowed here
   * @param result with that limit; of a call that reverts, its output is the revert data
   */
  record Failing(long limit, CallResult result) implements GasEstimate {}
}
