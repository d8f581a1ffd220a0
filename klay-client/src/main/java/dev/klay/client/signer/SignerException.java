package dev.klay.client.signer;

import dev.klay.crypto.KlayException;

/**
 * The key could not be used: its service does not answer, refuses, or signed with another key.
 * Nothing was sent. Try again once the signer is back, or use another.
 */
public final class SignerException extends KlayException {
  public SignerException(String message) {
    super(message);
  }

  public SignerException(String message, Throwable cause) {
    super(message, cause);
  }
}
