package dev.klay.core.importing;

import dev.klay.crypto.KlayException;

/**
 * A power for development was asked of a chain that does not give it: its kind is MAIN, it was not
 * started with cheats, or it is kept where it cannot go back. Nothing has changed; the message says
 * what to start instead.
 */
public final class CheatsRefusedException extends KlayException {
  public CheatsRefusedException(String message) {
    super(message);
  }
}
