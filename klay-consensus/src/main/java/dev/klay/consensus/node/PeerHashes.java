package dev.klay.consensus.node;

import dev.klay.consensus.NodeRole;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which transactions each peer has, as far as known, and who was asked for which ({@code
 * consensus.md} section 11). A transaction is asked for once, and again only if it did not come. A
 * peer may ask for no more bytes than it was told of, so that asking takes nothing that telling
 * would not have taken. Any thread may call.
 */
final class PeerHashes {
  /** Remembered of one peer. */
  static final int VALIDATOR_KNOWN_MAX = 64 << 10;

  static final int RANGER_KNOWN_MAX = 8 << 10;

  /** Asked of one peer and not here yet; what it announces beyond is not asked of it. */
  static final int ASKED_MAX = 1024;

  /** After so long another peer that announces the transaction is asked for it. */
  static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long CREDIT_BYTES_MAX = 64L << 20;

  private static final class Peer {
    final RecentHashes known;
    int asked;
    long creditBytes;

    Peer(NodeRole role) {
      known = new RecentHashes(role == NodeRole.CONSENSUS ? VALIDATOR_KNOWN_MAX : RANGER_KNOWN_MAX);
    }
  }

  private record Asked(Address peer, long atNanos) {}

  private final Map<Address, Peer> peers = new HashMap<>();
  private final Map<Hash, Asked> asked = new HashMap<>();

  synchronized void up(Address address, NodeRole role) {
    down(address);
    peers.put(address, new Peer(role));
  }

  synchronized void down(Address address) {
    if (peers.remove(address) != null) {
      asked.values().removeIf(question -> question.peer().equals(address));
    }
  }

  /** Those that the peer is not known to have. */
  synchronized List<SignedTx> lackedBy(Address address, List<SignedTx> transactions) {
    Peer peer = peers.get(address);
    return peer == null
        ? transactions
        : transactions.stream().filter(tx -> !peer.known.contains(tx.hash())).toList();
  }

  /** The peer is told of these, by hash or whole. */
  synchronized void told(Address address, List<SignedTx> transactions) {
    Peer peer = peers.get(address);
    if (peer != null) {
      for (SignedTx tx : transactions) {
        peer.known.add(tx.hash());
        peer.creditBytes += tx.encode().size();
      }
      peer.creditBytes = Math.min(CREDIT_BYTES_MAX, peer.creditBytes);
    }
  }

  /** Whether the peer may be sent so many bytes that it asked for. */
  synchronized boolean pays(Address address, int bytes) {
    Peer peer = peers.get(address);
    if (peer == null || peer.creditBytes < bytes) {
      return false;
    }
    peer.creditBytes -= bytes;
    return true;
  }

  /**
   * The peer says that it has these.
   *
   * @param missing those of them that are not here
   * @return those to ask it for
   */
  synchronized List<Hash> announced(
      Address address, List<Hash> hashes, List<Hash> missing, long nowNanos) {
    Peer peer = peers.get(address);
    if (peer == null) {
      return List.of();
    }
    hashes.forEach(peer.known::add);
    List<Hash> wanted = new ArrayList<>();
    for (Hash hash : missing) {
      if (ask(address, peer, hash, nowNanos)) {
        wanted.add(hash);
      }
    }
    return wanted;
  }

  private boolean ask(Address address, Peer peer, Hash hash, long nowNanos) {
    Asked before = asked.get(hash);
    if (before != null && nowNanos - before.atNanos() < ANSWER_NANOS) {
      return false;
    }
    forget(hash);
    if (peer.asked >= ASKED_MAX) {
      forgetUnanswered(address, nowNanos);
    }
    if (peer.asked >= ASKED_MAX) {
      return false;
    }
    asked.put(hash, new Asked(address, nowNanos));
    peer.asked++;
    return true;
  }

  private void forgetUnanswered(Address address, long nowNanos) {
    List<Hash> late =
        asked.entrySet().stream()
            .filter(entry -> entry.getValue().peer().equals(address))
            .filter(entry -> nowNanos - entry.getValue().atNanos() >= ANSWER_NANOS)
            .map(Map.Entry::getKey)
            .toList();
    late.forEach(this::forget);
  }

  /** The peer sent these. */
  synchronized void arrived(Address address, List<SignedTx> transactions) {
    Peer peer = peers.get(address);
    for (SignedTx tx : transactions) {
      forget(tx.hash());
      if (peer != null) {
        peer.known.add(tx.hash());
      }
    }
  }

  private void forget(Hash hash) {
    Asked question = asked.remove(hash);
    Peer peer = question == null ? null : peers.get(question.peer());
    if (peer != null) {
      peer.asked--;
    }
  }

  /** Number of transactions that were asked for and did not come. */
  synchronized int askedCount() {
    return asked.size();
  }
}
