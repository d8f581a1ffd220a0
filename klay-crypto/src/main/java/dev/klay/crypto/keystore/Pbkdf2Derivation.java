package dev.klay.crypto.keystore;

import dev.klay.crypto.primitive.Bytes;

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018).
 *
 * @param rounds bounded, since a file decides it
 */
record Pbkdf2Derivation(int rounds, Bytes salt) implements KeyDerivation {
  /** The one pseudo-random function that keystores name. */
  static final String PRF = "hmac-sha256";

  /** About forty times the usual number. */
  static final int ROUNDS_MAX = 10_000_000;

  Pbkdf2Derivation {
    if (rounds < 1) {
      throw new CorruptKeystoreException("pbkdf2 c must be positive, not " + rounds);
    }
    if (rounds > ROUNDS_MAX) {
      throw new UnsupportedKeystoreException(
          "pbkdf2 c=" + rounds + " is beyond " + ROUNDS_MAX + " rounds");
    }
  }

  @Override
  public long work() {
    return rounds;
  }

  @Override
  public byte[] derive(byte[] password) {
    return Scrypt.pbkdf2(password, salt.unsafeArray(), rounds, KEY_SIZE);
  }
}
