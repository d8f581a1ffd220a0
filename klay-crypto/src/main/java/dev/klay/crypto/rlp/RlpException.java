package dev.klay.crypto.rlp;

import dev.klay.crypto.DecodingException;

/** Input that is not canonical RLP or has another shape than expected. */
public final class RlpException extends DecodingException {
  /** What is wrong with the input. */
  public enum Reason {
    /** Lengths that are not minimal or reach beyond the input. */
    MALFORMED,
    /** A list where a string is due, or a string where a list is. */
    KIND,
    /** A string of another length than the field has. */
    LENGTH,
    /** An integer with leading zeros. */
    INTEGER,
    /** An integer that the field cannot hold. */
    RANGE,
    /** Too few items. */
    MISSING,
    /** Too many items. */
    LEFT_OVER,
    /** More items than anybody could use. */
    LIMIT
  }

  private final Reason reason;

  public RlpException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A shape that no other reason says. */
  public RlpException(String message) {
    this(Reason.MALFORMED, message);
  }

  public Reason reason() {
    return reason;
  }
}
