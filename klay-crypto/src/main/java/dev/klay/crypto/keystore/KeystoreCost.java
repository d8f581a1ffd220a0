package dev.klay.crypto.keystore;

import dev.klay.crypto.primitive.Bytes;

/** How much work a guess of the password costs, in the parameters that wallets commonly write. */
public enum KeystoreCost {
  /** scrypt n=262144, r=8, p=1: about a second and 256 MiB of heap for each key. */
  STANDARD {
    @Override
    KeyDerivation derivation(Bytes salt) {
      return new ScryptDerivation(262_144, 8, 1, salt);
    }
  },
  /** scrypt n=4096, r=8, p=6: about a tenth of a second and 4 MiB of heap for each key. */
  LIGHT {
    @Override
    KeyDerivation derivation(Bytes salt) {
      return new ScryptDerivation(4096, 8, 6, salt);
    }
  },
  /** PBKDF2 with HMAC-SHA-256, 262144 rounds: for readers without scrypt; weaker than STANDARD. */
  PBKDF2 {
    @Override
    KeyDerivation derivation(Bytes salt) {
      return new Pbkdf2Derivation(262_144, salt);
    }
  };

  abstract KeyDerivation derivation(Bytes salt);
}
