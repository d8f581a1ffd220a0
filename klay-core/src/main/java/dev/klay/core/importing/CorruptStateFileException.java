package dev.klay.core.importing;

import dev.klay.crypto.KlayException;

/** A file of a chain's state is not what it should be. Nothing of it was taken. */
public final class CorruptStateFileException extends KlayException {
  /** What is wrong with the file. */
  public enum Reason {
    /** It is no such file, or one of a later version. */
    NO_STATE_FILE,
    /** It ends too soon: the export did not end, or the copy. */
    TRUNCATED,
    /** Something in it is malformed, or its checksum is another. */
    DAMAGED,
    /** It is whole, but does not come to the state root or the supply that it says. */
    WRONG_STATE,
    /** It cannot be read or written at all. */
    INPUT_OUTPUT
  }

  private final Reason reason;

  CorruptStateFileException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  CorruptStateFileException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
