package dev.klay.consensus.wal;

import dev.klay.crypto.KlayException;

/**
 * The disk under the vote ledger failed or is full. The node signs nothing any more and serves
 * reads on. Repair the disk or make room, then start the node again: it continues with what is
 * durable.
 */
public final class LedgerFailedException extends KlayException {
  public LedgerFailedException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
