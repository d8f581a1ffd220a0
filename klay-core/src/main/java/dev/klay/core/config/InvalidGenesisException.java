package dev.klay.core.config;

import dev.klay.crypto.DecodingException;

/** A genesis or chain configuration that cannot be a chain's; the message names the field. */
public final class InvalidGenesisException extends DecodingException {
  public InvalidGenesisException(String message) {
    super(message);
  }

  public InvalidGenesisException(String message, Throwable cause) {
    super(message, cause);
  }
}
