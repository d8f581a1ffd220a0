package dev.klay.crypto.keystore;

import dev.klay.crypto.DecodingException;

/**
 * Text that is no keystore or wallet key: cut off, a field missing or malformed. No password will
 * open it; fetch another copy. The message names the field, never key material.
 */
public final class CorruptKeystoreException extends DecodingException {
  public CorruptKeystoreException(String message) {
    super(message);
  }
}
