package dev.klay.consensus.node;

import dev.klay.consensus.NodeRole;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Who is connected, what it said of itself, and how much it may send. */
final class PeerBook {
  /** So many seconds' worth of frames may come at once. */
  private static final int BURST = 4;

  /** How much a clock may seem to fall behind with one status. */
  private static final long CLOCK_FALL_MILLIS = 100;

  /** Nothing is on its way for so long: a clock that falls behind by more was set. */
  private static final long CLOCK_SET_MILLIS = 60_000;

  /** What is known of one peer. */
  static final class Peer {
    final NodeRole role;
    long head;

    /** How far its wall clock is ahead of the monotonic clock here, which nobody sets. */
    long clockAheadMillis;

    private int clockWords;
    long lastAnswerNanos;
    boolean answered;
    long bannedUntilNanos;
    boolean banned;

    /**
     * The peer said what its clock shows, ahead of the monotonic clock here. A word that was long
     * on its way makes the clock look slow while it is the network, or this node, that is; so a
     * clock that falls behind is believed little by little, unless it was set; and the first word,
     * which came while both were busy with starting, is not enough.
     */
    void toldClock(long aheadMillis) {
      boolean atOnce = clockWords == 0 || aheadMillis < clockAheadMillis - CLOCK_SET_MILLIS;
      clockAheadMillis =
          atOnce ? aheadMillis : Math.max(aheadMillis, clockAheadMillis - CLOCK_FALL_MILLIS);
      clockWords = Math.min(2, clockWords + 1);
    }

    /** Whether one word more would make its clock known. */
    boolean toldClockOnce() {
      return clockWords == 1;
    }

    boolean isClockKnown() {
      return clockWords == 2;
    }

    private double tokens;
    private long tokensAtNanos;

    Peer(NodeRole role, long now, NodeLimits limits) {
      this.role = role;
      this.tokens = (double) BURST * limits.framesPerSecond();
      this.tokensAtNanos = now;
    }
  }

  private final NodeLimits limits;
  private final LongSupplier wallAheadMillis;
  private final TreeMap<Address, Peer> peers = new TreeMap<>();
  private long dropped;

  /**
   * Nobody is here yet.
   *
   * @param wallAheadMillis how far the wall clock here is ahead of the monotonic clock here: it may
   *     be set at any time, and then it is not the peers' clocks that moved
   */
  PeerBook(NodeLimits limits, LongSupplier wallAheadMillis) {
    this.limits = limits;
    this.wallAheadMillis = wallAheadMillis;
  }

  void up(Address address, NodeRole role, long nowNanos) {
    peers.put(address, new Peer(role, nowNanos, limits));
  }

  void down(Address address) {
    peers.remove(address);
  }

  boolean isHere(Address address) {
    return peers.containsKey(address);
  }

  Peer peer(Address address, long nowNanos) {
    return peers.computeIfAbsent(address, a -> new Peer(NodeRole.RANGER, nowNanos, limits));
  }

  List<Address> all() {
    return List.copyOf(peers.keySet());
  }

  List<Address> ofRole(NodeRole role) {
    return peers.entrySet().stream()
        .filter(entry -> entry.getValue().role == role)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether the peer may send one more frame; one that may not is dropped. */
  boolean admits(Address address, long nowNanos) {
    if (limits.framesPerSecond() == 0) {
      return true;
    }
    Peer peer = peer(address, nowNanos);
    double most = (double) BURST * limits.framesPerSecond();
    double earned = (nowNanos - peer.tokensAtNanos) * 1e-9 * limits.framesPerSecond();
    peer.tokens = Math.min(most, peer.tokens + earned);
    peer.tokensAtNanos = nowNanos;
    if (peer.tokens < 1) {
      dropped++;
      return false;
    }
    peer.tokens--;
    return true;
  }

  long dropped() {
    return dropped;
  }

  /** Whether the peer is due an answer to its status; it is not again for a while. */
  boolean takesAnswer(Address address, long nowNanos) {
    Peer peer = peer(address, nowNanos);
    boolean due =
        !peer.answered || nowNanos - peer.lastAnswerNanos >= limits.answerMillis() * 1_000_000L;
    if (due) {
      peer.answered = true;
      peer.lastAnswerNanos = nowNanos;
    }
    return due;
  }

  void ban(Address address, long nowNanos) {
    Peer peer = peer(address, nowNanos);
    peer.banned = true;
    peer.bannedUntilNanos = nowNanos + limits.banMillis() * 1_000_000L;
  }

  boolean isBanned(Address address, long nowNanos) {
    Peer peer = peers.get(address);
    return peer != null && peer.banned && nowNanos < peer.bannedUntilNanos;
  }

  /** How far a peer's clock is ahead of the one here; empty if it is not here or never told. */
  Optional<Long> clockOffsetMillis(Address address) {
    return Optional.ofNullable(peers.get(address))
        .filter(Peer::isClockKnown)
        .map(peer -> peer.clockAheadMillis - wallAheadMillis.getAsLong());
  }

  /**
   * How far the others' clocks are ahead of the one here: the middle one, of two in the middle the
   * one that is nearer; 0 if none is known.
   */
  long medianClockOffsetMillis() {
    List<Long> offsets = clockOffsets();
    if (offsets.isEmpty()) {
      return 0;
    }
    long lower = offsets.get((offsets.size() - 1) / 2);
    long upper = offsets.get(offsets.size() / 2);
    return Math.abs(lower) < Math.abs(upper) ? lower : upper;
  }

  /** Number of consensus nodes here whose clocks are known. */
  int clocksKnown() {
    return clockOffsets().size();
  }

  private List<Long> clockOffsets() {
    long ahead = wallAheadMillis.getAsLong();
    return peers.values().stream()
        .filter(peer -> peer.isClockKnown() && peer.role == NodeRole.CONSENSUS)
        .map(peer -> peer.clockAheadMillis - ahead)
        .sorted()
        .toList();
  }
}
