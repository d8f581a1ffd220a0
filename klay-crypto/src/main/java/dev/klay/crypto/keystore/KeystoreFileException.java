package dev.klay.crypto.keystore;

import dev.klay.crypto.KlayException;

/**
 * The disk refused to read or write a keystore file. After a failed write the target is as it was:
 * absent, or the old file whole; choose another place or name.
 */
public final class KeystoreFileException extends KlayException {
  public KeystoreFileException(String message) {
    super(message);
  }

  public KeystoreFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
