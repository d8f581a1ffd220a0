package dev.klay.crypto;

/**
 * Root of the failures that are neither a caller's mistake nor a broken invariant: bad input from
 * outside, a refused operation, a failing disk or socket. Each subclass names one kind of recovery.
 */
public abstract class KlayException extends RuntimeException {
  protected KlayException(String message) {
    super(message);
  }

  protected KlayException(String message, Throwable cause) {
    super(message, cause);
  }
}
