package dev.klay.core.importing;

import dev.klay.crypto.KlayException;

/**
 * A file of blocks is not what it should be. Blocks in front of the place were read whole, and
 * those imported stay; get the file again and go on with it: what the chain has is skipped.
 */
public final class CorruptBlockFileException extends KlayException {
  /** What is wrong with the file. */
  public enum Reason {
    /** It ends in the middle of a block. */
    TRUNCATED,
    /** An item is longer than a block may be. */
    ITEM_TOO_LARGE,
    /** What stands there is no block. */
    NO_BLOCK,
    /** It holds blocks of another chain, or leaves some out. */
    OTHER_CHAIN,
    /** It cannot be read or written at all. */
    INPUT_OUTPUT
  }

  private final Reason reason;
  private final long position;

  CorruptBlockFileException(Reason reason, long position, String detail) {
    super(detail + " (at byte " + position + " of the file)");
    this.reason = reason;
    this.position = position;
  }

  CorruptBlockFileException(Reason reason, long position, String detail, Throwable cause) {
    super(detail + " (at byte " + position + " of the file)", cause);
    this.reason = reason;
    this.position = position;
  }

  public Reason reason() {
    return reason;
  }

  /** Where the item starts that is wrong, in bytes from the start of the file. */
  public long position() {
    return position;
  }
}
