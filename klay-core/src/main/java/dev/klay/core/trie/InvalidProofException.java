package dev.klay.core.trie;

import dev.klay.crypto.DecodingException;

/** A proof that shows nothing about the key under the root: forged, damaged or of another trie. */
public final class InvalidProofException extends DecodingException {
  public InvalidProofException(String message) {
    super(message);
  }

  public InvalidProofException(String message, Throwable cause) {
    super(message, cause);
  }
}
