package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.transport.Transport;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one link to each peer. The receiver hears of peers in the order in which they come and go.
 */
final class Links {
  private final TreeMap<Address, PeerLink> byPeer = new TreeMap<>();
  private final Address self;
  private final TcpLimits limits;
  private final Transport.Receiver receiver;

  Links(Address self, TcpLimits limits, Transport.Receiver receiver) {
    this.self = self;
    this.limits = limits;
    this.receiver = receiver;
  }

  /** Takes a link in; why not, if it is not taken. */
  synchronized Optional<DropCause> admit(PeerLink link) {
    Address peer = link.identity();
    PeerLink known = byPeer.get(peer);
    if (known != null && goesBefore(known, link)) {
      return Optional.of(DropCause.DUPLICATE);
    }
    if (known == null && link.role() == NodeRole.RANGER && rangers() >= limits.rangersMax()) {
      return Optional.of(DropCause.RANGERS_MAX);
    }
    byPeer.put(peer, link);
    if (known != null) {
      receiver.peerDown(peer);
      known.cut(DropCause.DUPLICATE);
    }
    receiver.peerUp(peer, link.role());
    return Optional.empty();
  }

  /**
   * The newer of two links counts, since the older may be dead without anybody knowing; but when
   * two nodes reach each other at once, both keep the one that the smaller address asked for.
   */
  private boolean goesBefore(PeerLink known, PeerLink newer) {
    boolean atOnce =
        known.ageNanos() < TimeUnit.MILLISECONDS.toNanos(limits.handshakeMillis())
            && known.dialled().isPresent() != newer.dialled().isPresent();
    boolean weAreSmaller = self.compareTo(newer.identity()) < 0;
    return atOnce && known.dialled().isPresent() == weAreSmaller;
  }

  private int rangers() {
    return (int) byPeer.values().stream().filter(link -> link.role() == NodeRole.RANGER).count();
  }

  synchronized void ended(PeerLink link) {
    if (byPeer.remove(link.identity(), link)) {
      receiver.peerDown(link.identity());
    }
  }

  synchronized @Nullable PeerLink to(Address peer) {
    return byPeer.get(peer);
  }

  /** Whether this is the link to its peer. */
  synchronized boolean isCurrent(PeerLink link) {
    return byPeer.get(link.identity()) == link;
  }

  synchronized List<PeerLink> all() {
    return List.copyOf(byPeer.values());
  }
}
