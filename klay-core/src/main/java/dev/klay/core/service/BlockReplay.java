package dev.klay.core.service;

import dev.klay.core.block.Block;
import dev.klay.core.config.BlockRules;
import dev.klay.core.evm.Tracer;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.execution.TransactionExecutor;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.SignedTx;

/**
 * A block that is executed once more, transaction by transaction, so that a tracer can watch. For
 * one thread.
 *
 * <pre>{@code
 * BlockReplay replay = new BlockReplay(reads, block);
 * CallTracer tracer = new CallTracer(CallTracer.Options.DEFAULT);
 * replay.next(tracer);
 * }</pre>
 */
public final class BlockReplay {
  private final Block block;
  private final BlockEnvironment environment;
  private WorldState state;
  private int index;

  /**
   * A replay in front of the first transaction.
   *
   * @throws UnknownBlockException if the state of the block's parent is no longer kept
   */
  public BlockReplay(ChainReads reads, Block block) {
    this.block = block;
    this.environment = reads.environment(block);
    this.state = reads.state(BlockRef.number(block.number() - 1));
  }

  /** The state in front of the next transaction. */
  public WorldState state() {
    return state;
  }

  public BlockRules rules() {
    return environment.rules();
  }

  /** Executes so many transactions that nobody watches. */
  public void skip(int transactions) {
    for (int i = 0; i < transactions; i++) {
      next(Tracer.NONE);
    }
  }

  /** Executes the next transaction. */
  public void next(Tracer tracer) {
    StateUpdater updater = new StateUpdater(state);
    SignedTx tx = block.transactions().get(index);
    TxOutcome outcome = new TransactionExecutor(updater, environment, tracer).execute(tx);
    if (outcome instanceof TxOutcome.Refused refused) {
      throw new AssertionError(tx.hash() + " is in a block: " + refused.rejection());
    }
    state = updater.build(true);
    index++;
  }
}
