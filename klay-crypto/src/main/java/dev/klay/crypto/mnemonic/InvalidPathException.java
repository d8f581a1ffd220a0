package dev.klay.crypto.mnemonic;

import dev.klay.crypto.DecodingException;

/** Text that is no derivation path such as {@code m/44'/8217'/0'/0/0}. */
public final class InvalidPathException extends DecodingException {
  public InvalidPathException(String message) {
    super(message);
  }
}
