package dev.klay.core.service;

import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.RejectionReason;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Hash;

/**
 * The chain did not take a transaction: nothing was sent, nothing was paid. Whoever made it may
 * correct what the reason names and send another.
 */
public final class TransactionRejectedException extends KlayException {
  private final transient Rejection rejection;

  public TransactionRejectedException(Hash txHash, Rejection rejection) {
    super(rejection.message() + " (transaction " + txHash + ")");
    this.rejection = rejection;
  }

  public RejectionReason reason() {
    return rejection.reason();
  }

  public Rejection rejection() {
    return rejection;
  }
}
