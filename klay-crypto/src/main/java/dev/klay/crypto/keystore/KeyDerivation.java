package dev.klay.crypto.keystore;

import dev.klay.crypto.primitive.Bytes;

/** The function that makes 32 key bytes of a password. Its parameters are checked when made. */
sealed interface KeyDerivation permits ScryptDerivation, Pbkdf2Derivation {
  /** Bytes of every derived key: 16 to encrypt, 16 to authenticate. */
  int KEY_SIZE = 32;

  Bytes salt();

  /** 32 secret bytes, which the caller zeroes. */
  byte[] derive(byte[] password);
}
