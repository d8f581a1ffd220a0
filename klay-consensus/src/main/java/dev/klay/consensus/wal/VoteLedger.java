package dev.klay.consensus.wal;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.crypto.primitive.Hash;
import java.util.List;

/**
 * What a node signed and must not contradict. For one thread.
 *
 * <p>An implementation must never return from {@link #append} before the records survive whatever
 * the node survives.
 */
public interface VoteLedger extends AutoCloseable {
  /** What is known of the time before this opening. */
  enum Origin {
    /** All that the key signed is in here, or it has signed nothing yet. */
    COMPLETE,
    /** There was no ledger: the key may have signed anything. */
    MISSING,
    /** The ledger is an old copy: the key may have signed more since. */
    OLD_COPY
  }

  Origin origin();

  /** What was found at opening, oldest first. */
  List<LedgerRecord> records();

  /** The highest height that was found final at opening, 0 if none. */
  long finalHeight();

  /**
   * Makes the records durable, all or none.
   *
   * @throws LedgerFailedException if that is not certain; nothing may be signed any more
   */
  void append(List<LedgerRecord> records);

  /**
   * From now on all that the key signs is in here. Whoever opened a ledger that is not {@link
   * Origin#COMPLETE} says so once nothing that was forgotten can be contradicted any more; until
   * then every other opening is as doubtful as this one.
   *
   * @throws LedgerFailedException if that is not durable; nothing may be signed then
   */
  void trust();

  /** The height is durably on the chain; what was signed for it and before may go. */
  void finalised(long height, Hash hash);

  @Override
  void close();
}
