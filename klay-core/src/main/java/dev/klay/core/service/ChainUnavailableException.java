package dev.klay.core.service;

import dev.klay.crypto.KlayException;

/** The chain cannot answer here: it is closed, overloaded or not reachable. Ask another node. */
public final class ChainUnavailableException extends KlayException {
  public ChainUnavailableException(String message) {
    super(message);
  }
}
