package dev.klay.core.storage;

import dev.klay.crypto.KlayException;

/** Another program, or another node of this one, has the directory open. Nothing was touched. */
public final class StoreLockedException extends KlayException {
  public StoreLockedException(String directory) {
    super(
        "the store in "
            + directory
            + " is in use; close the node that has it, or give this one another directory");
  }
}
