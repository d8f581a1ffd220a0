package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;

/** Signs with the node's key. Deterministic (RFC 6979), so that the machine stays a function. */
public interface MessageSigner {
  Address address();

  /** 65 bytes r, s, recovery id, low s. */
  Bytes sign(Hash digest);
}
