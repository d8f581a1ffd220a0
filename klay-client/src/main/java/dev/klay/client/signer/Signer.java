package dev.klay.client.signer;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import dev.klay.crypto.secp256k1.Signature;

/**
 * Signs with one key, wherever that key is. May be called by any thread, and may block: a hardware
 * or remote signer takes its time. An implementation never hands out the secret and never signs
 * anything but Keccak-256 of the payload it was given.
 */
public interface Signer {
  /** The key that {@link #sign} signs with. */
  PublicKey publicKey();

  /**
   * Signs Keccak-256 of the payload, with low s (EIP-2).
   *
   * @param payload what is signed, not its hash, so that a signer can show and judge it
   * @throws SignerException if the key cannot be used now
   */
  Signature sign(Bytes payload);

  /** A signer over a key in this process, which stays the caller's to close. */
  static Signer of(PrivateKey key) {
    return new LocalSigner(key);
  }
}
