package dev.klay.client;

import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Hash;

/**
 * A transaction was sent but did not become final in time. It still may: ask for its receipt before
 * sending another.
 */
public final class NotFinalException extends KlayException {
  private final transient Hash transaction;

  NotFinalException(Hash transaction, String reason) {
    super("transaction " + transaction + " is not final " + reason);
    this.transaction = transaction;
  }

  public Hash transaction() {
    return transaction;
  }
}
