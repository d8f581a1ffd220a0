package dev.klay.crypto.secp256k1;

import dev.klay.crypto.DecodingException;

/** A signature that is out of range or recovers to no key. */
public final class InvalidSignatureException extends DecodingException {
  public InvalidSignatureException(String message) {
    super(message);
  }
}
