package dev.klay.core.storage;

import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of one chain and their states. One writer appends; any thread may read meanwhile and
 * sees a block whole or not at all.
 */
public interface ChainStore extends AutoCloseable {
  /**
   * Appends the block behind the last one. If the store is durable, so is the block when this
   * returns; after any exception the store is as it was, or, if the crash of the machine can still
   * bring the block back, takes no other.
   *
   * @throws IllegalArgumentException if it is not the next
   * @throws StorageFailedException if the block could not be made durable
   */
  void append(StoredBlock block, WorldState state);

  /** The number of the last block, -1 while there is none. */
  long lastNumber();

  Optional<StoredBlock> block(long number);

  Optional<Long> numberOf(Hash blockHash);

  Optional<TxLocation> transaction(Hash txHash);

  /** The transaction with this hash without the fee payer's signature. */
  Optional<TxLocation> senderTransaction(Hash senderTxHash);

  /** The state after a block; empty if it was never there or is no longer kept. */
  Optional<WorldState> state(long number);

  /**
   * Where transactions stand that the account sent, received or paid for, newest first.
   *
   * @param before only those in front of this place; empty for the newest
   */
  List<TxLocation> transactionsOf(Address account, Optional<TxLocation> before, int limit);

  /** Numbers of the blocks whose headers carry a vote or governance data, ascending. */
  List<Long> ballots();

  @Override
  void close();
}
