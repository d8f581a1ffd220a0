package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.NodeRole;
import dev.klay.crypto.primitive.Address;
import java.util.Optional;

/**
 * A peer that this node knows by configuration: it may connect, and is connected to if it is known
 * where it listens.
 *
 * @param name for people
 * @param identity the address of its node key
 * @param endpoint where it listens; empty for one that only connects by itself
 */
public record PeerAddress(
    String name, NodeRole role, Address identity, Optional<Endpoint> endpoint) {
  @Override
  public String toString() {
    return name + " " + identity + endpoint.map(e -> " at " + e).orElse("");
  }
}
