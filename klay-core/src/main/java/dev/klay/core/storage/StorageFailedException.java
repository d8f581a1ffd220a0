package dev.klay.core.storage;

import dev.klay.crypto.KlayException;

/**
 * The disk failed or is full. The store takes no more blocks; every block that was appended before
 * is durable and can still be read. Once the disk has room or is repaired, close the store and open
 * it again: it continues behind the last durable block.
 */
public final class StorageFailedException extends KlayException {
  public StorageFailedException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
