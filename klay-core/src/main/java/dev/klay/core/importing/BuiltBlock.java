package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.execution.Rejection;
import dev.klay.core.transaction.SignedTx;
import java.util.Map;

/** A block made here, sealed by its proposer, and the transactions that did not fit the state. */
public final class BuiltBlock {
  private final Execution execution;
  private final Map<SignedTx, Rejection> refused;

  BuiltBlock(Execution execution, Map<SignedTx, Rejection> refused) {
    this.execution = execution;
    this.refused = refused;
  }

  public Block block() {
    return execution.block();
  }

  /** What was left out because it can not be executed now, with the reasons. */
  public Map<SignedTx, Rejection> refused() {
    return refused;
  }

  Execution execution() {
    return execution;
  }
}
