package dev.klay.core.storage;

import dev.klay.crypto.KlayException;

/**
 * A file of the store does not hold what was written to it. Nothing wrong is ever returned instead:
 * reads that do not need the damaged place go on. The message names the file and what can be done;
 * without a better word there, restore a backup or let the node sync into an empty directory.
 */
public final class CorruptStoreException extends KlayException {
  public CorruptStoreException(String message) {
    super(message);
  }

  public CorruptStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
