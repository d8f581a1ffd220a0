package dev.klay.core.txpool;

import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import java.time.Instant;

/**
 * A transaction in the pool.
 *
 * @param arrival ascending number
 * @param since when it came
 */
record PooledTx(SignedTx tx, Address sender, long arrival, Instant since) {
  long nonce() {
    return tx.tx().nonce();
  }

  /** One for every 32 KiB that were begun. */
  int slots() {
    return (tx.encode().size() + PoolLimits.SLOT_BYTES - 1) / PoolLimits.SLOT_BYTES;
  }
}
