package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.MessageSigner;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;

/** Signs as a real node does. */
record RealSigner(PrivateKey key) implements MessageSigner {
  @Override
  public Address address() {
    return key.address();
  }

  @Override
  public Bytes sign(Hash digest) {
    return key.sign(digest).encode();
  }
}
