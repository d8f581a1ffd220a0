package dev.klay.core.storage;

import dev.klay.crypto.KlayException;

/** The store is intact but of another chain or another format. Nothing was changed in it. */
public final class ForeignStoreException extends KlayException {
  public ForeignStoreException(String message) {
    super(message);
  }
}
