package dev.klay.client;

import dev.klay.crypto.KlayException;

/**
 * A sponsor's book cannot be read, written or locked. What the message is about was not signed;
 * what was signed before is in the book. The message says what to do.
 */
public final class SponsorBookException extends KlayException {
  SponsorBookException(String message) {
    super(message);
  }

  SponsorBookException(String message, Throwable cause) {
    super(message, cause);
  }
}
