package dev.klay.crypto.primitive;

import dev.klay.crypto.DecodingException;

/** An amount that is negative, finer than one peb, beyond 256 bits or not a number. */
public final class InvalidAmountException extends DecodingException {
  public InvalidAmountException(String message) {
    super(message);
  }
}
