package dev.klay.crypto.secp256k1;

import dev.klay.crypto.DecodingException;

/** Bytes that are no key of the curve. The message never shows the bytes of a private key. */
public final class InvalidKeyException extends DecodingException {
  public InvalidKeyException(String message) {
    super(message);
  }
}
