package dev.klay.consensus.rpc;

import dev.klay.crypto.primitive.Address;

/** What is told of the node itself. */
public interface NodeFacts {
  /** The address of its key. */
  Address address();

  /** Its name and version, such as {@code Klay/v0.1.0/Node01}. */
  String clientVersion();

  /** Number of nodes it is linked with. */
  int peerCount();
}
