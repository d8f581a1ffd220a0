package dev.klay.core.storage;

import dev.klay.crypto.KlayException;

/** A state went out of the retention window while it was being read. Ask for a newer one. */
public final class StateNotKeptException extends KlayException {
  public StateNotKeptException(String message) {
    super(message);
  }
}
