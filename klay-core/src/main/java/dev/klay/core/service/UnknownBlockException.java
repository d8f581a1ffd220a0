package dev.klay.core.service;

import dev.klay.crypto.KlayException;

/** The block is not on the chain, or its state is no longer kept; ask for a later one. */
public final class UnknownBlockException extends KlayException {
  public UnknownBlockException(String message) {
    super(message);
  }
}
