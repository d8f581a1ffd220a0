package dev.klay.crypto.rlp;

import dev.klay.crypto.DecodingException;

/** Input that is not canonical RLP or has another shape than expected. */
public final class RlpException extends DecodingException {
  public RlpException(String message) {
    super(message);
  }
}
