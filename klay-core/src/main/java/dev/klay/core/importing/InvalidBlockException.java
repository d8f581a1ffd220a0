package dev.klay.core.importing;

import dev.klay.crypto.KlayException;

/**
 * A block of a file cannot be the next of the chain. The chain ends with the block before it, as if
 * the file ended there.
 */
public final class InvalidBlockException extends KlayException {
  private final long number;
  private final transient InvalidBlock fault;

  InvalidBlockException(long number, InvalidBlock fault) {
    super("block " + number + " is invalid: " + fault);
    this.number = number;
    this.fault = fault;
  }

  /** The number that the block claims. */
  public long number() {
    return number;
  }

  public InvalidBlock fault() {
    return fault;
  }
}
