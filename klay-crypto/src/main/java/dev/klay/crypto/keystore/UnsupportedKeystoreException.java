package dev.klay.crypto.keystore;

import dev.klay.crypto.DecodingException;

/**
 * A keystore of a kind that is not read here, or whose key derivation would cost more than the
 * stated limits: open it with the program that wrote it and save it with usual parameters.
 */
public final class UnsupportedKeystoreException extends DecodingException {
  public UnsupportedKeystoreException(String message) {
    super(message);
  }
}
