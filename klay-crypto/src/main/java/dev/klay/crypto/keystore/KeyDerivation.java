package dev.klay.crypto.keystore;

import dev.klay.crypto.primitive.Bytes;

/** The function that makes 32 key bytes of a password. Its parameters are checked when made. */
sealed interface KeyDerivation permits ScryptDerivation, Pbkdf2Derivation {
  /** Bytes of every derived key: 16 to encrypt, 16 to authenticate. */
  int KEY_SIZE = 32;

  Bytes salt();

  /** What it costs, about half a microsecond each: n*r*p of scrypt, rounds of PBKDF2. */
  long work();

  /** 32 secret bytes, which the caller zeroes. */
  byte[] derive(byte[] password);
}
