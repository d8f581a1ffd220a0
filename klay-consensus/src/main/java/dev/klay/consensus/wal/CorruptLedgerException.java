package dev.klay.consensus.wal;

import dev.klay.crypto.KlayException;

/**
 * The vote ledger is damaged in front of its end, so it is not known what the key signed. Remove
 * the ledger's directory: the node then follows the others until it may safely vote again.
 */
public final class CorruptLedgerException extends KlayException {
  public CorruptLedgerException(String message) {
    super(message);
  }
}
