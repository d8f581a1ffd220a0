package dev.klay.crypto.proof;

import dev.klay.crypto.KlayException;

/** A proof does not prove what it should: ask another node for one. */
public final class UnprovenException extends KlayException {
  UnprovenException(String message) {
    super(message);
  }
}
