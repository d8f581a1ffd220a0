package dev.klay.crypto.bn254;

import dev.klay.crypto.DecodingException;

/**
 * Bytes that are no field element, no point of the curve, or a point outside the subgroup of order
 * r. The input is to be refused.
 */
public final class InvalidPointException extends DecodingException {
  public InvalidPointException(String message) {
    super(message);
  }
}
