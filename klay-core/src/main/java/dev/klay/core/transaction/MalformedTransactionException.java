package dev.klay.core.transaction;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.rlp.RlpException;

/**
 * Bytes are no transaction that a chain may hold. What a chain's state says about a transaction
 * that is well formed, a pool tells with a {@link dev.klay.core.execution.Rejection}.
 */
public final class MalformedTransactionException extends DecodingException {
  /** What is wrong. */
  public enum Reason {
    /** A type number that no transaction has, or one that no chain here takes. */
    UNDEFINED_TYPE,
    /** No key can have made a signature with such numbers. */
    SIGNATURE_VALUES,
    /** Nobody signed. */
    NO_SIGNATURE,
    /** The sender's signatures bind different chains. */
    DIFFERENT_CHAINS,
    /** More signatures or authorizations than anybody could use. */
    TOO_MANY,
    /** Something follows the transaction. */
    TRAILING_BYTES,
    /** An integer with leading zeros. */
    INTEGER_NOT_CANONICAL,
    /** An integer that its field cannot hold. */
    INTEGER_OUT_OF_RANGE,
    /** A string of another length than its field has. */
    WRONG_LENGTH,
    /** A list where a string is due, or the other way round. */
    WRONG_KIND,
    /** A field is missing. */
    TOO_FEW_FIELDS,
    /** There are more fields than the type has. */
    TOO_MANY_FIELDS,
    /** The bytes are no canonical RLP. */
    NOT_CANONICAL,
    /** A field holds no such value, an account key that is none for example. */
    INVALID_FIELD
  }

  private final Reason reason;

  MalformedTransactionException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  private MalformedTransactionException(Reason reason, DecodingException cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.reason = reason;
  }

  /** The same fault, found while a transaction was read. */
  static MalformedTransactionException of(DecodingException fault) {
    if (fault instanceof MalformedTransactionException known) {
      return known;
    }
    return new MalformedTransactionException(
        fault instanceof RlpException rlp ? reason(rlp.reason()) : Reason.INVALID_FIELD, fault);
  }

  private static Reason reason(RlpException.Reason rlp) {
    return switch (rlp) {
      case MALFORMED -> Reason.NOT_CANONICAL;
      case KIND -> Reason.WRONG_KIND;
      case LENGTH -> Reason.WRONG_LENGTH;
      case INTEGER -> Reason.INTEGER_NOT_CANONICAL;
      case RANGE -> Reason.INTEGER_OUT_OF_RANGE;
      case MISSING -> Reason.TOO_FEW_FIELDS;
      case LEFT_OVER -> Reason.TOO_MANY_FIELDS;
      case LIMIT -> Reason.TOO_MANY;
    };
  }

  public Reason reason() {
    return reason;
  }
}
