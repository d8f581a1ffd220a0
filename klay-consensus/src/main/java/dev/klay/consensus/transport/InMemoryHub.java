package dev.klay.consensus.transport;

import dev.klay.consensus.NodeRole;
import dev.klay.crypto.primitive.Address;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connects nodes of one JVM with each other. Frames are handed over as objects: a transaction is
 * decoded and its signers are recovered once, however many nodes see it.
 */
public final class InMemoryHub {
  private record Member(NodeRole role, Transport.Receiver receiver) {}

  private final Map<Address, Member> members = new ConcurrentHashMap<>();

  /** A place for one node. */
  public Transport connect() {
    return new Connection();
  }

  private final class Connection implements Transport {
    private Optional<Address> self = Optional.empty();

    @Override
    public void start(Address address, NodeRole role, Receiver receiver) {
      synchronized (members) {
        if (members.containsKey(address)) {
          throw new IllegalArgumentException("a node with the key of " + address + " is here");
        }
        members.forEach(
            (peer, member) -> {
              member.receiver().peerUp(address, role);
              receiver.peerUp(peer, member.role());
            });
        members.put(address, new Member(role, receiver));
        self = Optional.of(address);
      }
    }

    @Override
    public void send(Address to, Frame frame) {
      Member member = members.get(to);
      if (member != null) {
        self.ifPresent(from -> member.receiver().received(from, frame)); // read once: it may close
      }
    }

    @Override
    public void close() {
      synchronized (members) {
        self.ifPresent(
            address -> {
              members.remove(address);
              members.values().forEach(member -> member.receiver().peerDown(address));
            });
        self = Optional.empty();
      }
    }
  }
}
