package dev.klay.core.call;

import dev.klay.crypto.KlayException;

/** The time for a call was over between two of its runs. Nothing has changed; ask for less gas. */
public final class CallTooLongException extends KlayException {
  private static final long serialVersionUID = 1;

  CallTooLongException() {
    super("the call took too long; ask for less gas");
  }
}
