package dev.klay.core.config;

import dev.klay.crypto.KlayException;

/** A chain begins with the state of another one, and nobody brought the file with it. */
public final class StateNotLoadedException extends KlayException {
  StateNotLoadedException(StateOrigin origin) {
    super(
        "this chain starts from the "
            + origin
            + ": read its state file and give it to ChainSpec.withState");
  }
}
