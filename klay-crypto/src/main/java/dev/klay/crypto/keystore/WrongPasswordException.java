package dev.klay.crypto.keystore;

import dev.klay.crypto.KlayException;

/**
 * The password does not open the keystore: ask for it again. A file whose encrypted part was
 * altered looks the same, so after certain passwords failed, fetch another copy of the file.
 */
public final class WrongPasswordException extends KlayException {
  public WrongPasswordException() {
    super("the password does not open this keystore, or its encrypted part was altered");
  }
}
