package dev.klay.core.storage;

import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a chain in the heap as one immutable value after the other. {@link #content} is a snapshot
 * and costs a reference, {@link #restore} goes to any snapshot of the chain, back or forth. Blocks
 * cost somewhat more here than in {@link InMemoryChainStore}: for development and tests.
 */
public final class ForkableChainStore implements ChainStore {
  private final int statesMax;
  private volatile ChainContent content;

  /** A store that goes on from a content, {@link ChainContent#empty} for a new chain. */
  public ForkableChainStore(ChainContent content) {
    this(content, InMemoryChainStore.STATES_DEFAULT);
  }

  /**
   * A store that keeps the states of the last blocks.
   *
   * @param statesMax how many, at least one
   */
  public ForkableChainStore(ChainContent content, int statesMax) {
    if (statesMax < 1) {
      throw new IllegalArgumentException("at least one state is kept, not " + statesMax);
    }
    this.content = content;
    this.statesMax = statesMax;
  }

  /** All that is here now. */
  public ChainContent content() {
    return content;
  }

  /** Forgets what is here and goes on from there. */
  public void restore(ChainContent other) {
    content = other;
  }

  /** Puts another state in place of the last block's. */
  public void replaceLastState(WorldState state) {
    content = content.withLastState(state);
  }

  @Override
  public void append(StoredBlock block, WorldState state) {
    content = content.append(block, state, statesMax);
  }

  @Override
  public long lastNumber() {
    return content.lastNumber();
  }

  @Override
  public Optional<StoredBlock> block(long number) {
    return content.block(number);
  }

  @Override
  public Optional<Long> numberOf(Hash blockHash) {
    return content.numberOf(blockHash);
  }

  @Override
  public Optional<TxLocation> transaction(Hash txHash) {
    return content.transaction(txHash);
  }

  @Override
  public Optional<TxLocation> senderTransaction(Hash senderTxHash) {
    return content.senderTransaction(senderTxHash);
  }

  @Override
  public Optional<WorldState> state(long number) {
    return content.state(number);
  }

  @Override
  public List<TxLocation> transactionsOf(Address account, Optional<TxLocation> before, int limit) {
    return content.transactionsOf(account, before, limit);
  }

  @Override
  public List<Long> ballots() {
    return content.ballots();
  }

  /** Nothing is held but the heap. */
  @Override
  public void close() {}
}
