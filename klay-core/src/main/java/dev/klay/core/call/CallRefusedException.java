package dev.klay.core.call;

import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.RejectionReason;
import dev.klay.crypto.KlayException;

/**
 * The call cannot even start, as a transaction of the same content could not: the sender lacks the
 * funds, or the gas limit is below the intrinsic gas. Change what the rejection names.
 */
public final class CallRefusedException extends KlayException {
  private static final long serialVersionUID = 1;

  private final transient Rejection rejection;

  public CallRefusedException(Rejection rejection) {
    super(rejection.message());
    this.rejection = rejection;
  }

  public Rejection rejection() {
    return rejection;
  }

  public RejectionReason reason() {
    return rejection.reason();
  }
}
