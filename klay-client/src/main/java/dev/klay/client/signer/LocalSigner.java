package dev.klay.client.signer;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import dev.klay.crypto.secp256k1.Signature;

/** Signs with a key in the heap. */
final class LocalSigner implements Signer {
  private final PrivateKey key;

  LocalSigner(PrivateKey key) {
    this.key = key;
  }

  @Override
  public PublicKey publicKey() {
    return key.publicKey();
  }

  @Override
  public Signature sign(Bytes payload) {
    return key.sign(Keccak256.hash(payload));
  }

  @Override
  public String toString() {
    return "local signer of " + key.address();
  }
}
