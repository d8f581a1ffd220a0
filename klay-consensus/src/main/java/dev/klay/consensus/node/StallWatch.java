package dev.klay.consensus.node;

import dev.klay.consensus.Stall;
import dev.klay.consensus.bft.BftMachine;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notices a height that is open for longer than ten base timeouts, and tells once a round what is
 * known of each validator ({@code consensus.md} section 10.6). A height without anything to decide
 * is not open.
 */
final class StallWatch {
  /** So many base timeouts are patience enough: four rounds with a dead leader fit in. */
  static final int TIMEOUTS = 10;

  /** Where a validator was seen last. */
  private record Sight(long height, int round) {
    boolean isBefore(Sight other) {
      return height < other.height || height == other.height && round < other.round;
    }
  }

  private final BftMachine machine;
  private final FinalChain chain;
  private final PeerBook peers;
  private final long patienceNanos;

  /** Of validators of the next height only, so that it cannot grow. */
  private final TreeMap<Address, Sight> sights = new TreeMap<>();

  private long height;
  private boolean deciding;
  private long openSinceNanos;
  private int toldRound = -1;
  private Optional<Stall> stall = Optional.empty();

  StallWatch(BftMachine machine, FinalChain chain, PeerBook peers, long baseTimeoutMillis) {
    this.machine = machine;
    this.chain = chain;
    this.peers = peers;
    this.patienceNanos = TIMEOUTS * baseTimeoutMillis * 1_000_000L;
  }

  /** A validator was seen to decide a height, in a round of it. */
  void saw(Address validator, long atHeight, int round) {
    if (chain.validators().contains(validator)) {
      Sight now = new Sight(atHeight, round);
      sights.merge(validator, now, (before, seen) -> before.isBefore(seen) ? seen : before);
    }
  }

  /** Looks at the open height behind a step; the stall, if there is one to tell of. */
  Optional<Stall> look(long nowNanos) {
    boolean decidedBefore = deciding && machine.openHeight() == height;
    deciding = !machine.isWaiting();
    if (!deciding || !decidedBefore) {
      height = machine.openHeight();
      openSinceNanos = nowNanos;
      toldRound = -1;
      stall = Optional.empty();
      return stall;
    }
    boolean isNews = machine.round() > toldRound;
    if (!isNews || nowNanos - openSinceNanos < patienceNanos) {
      return Optional.empty();
    }
    toldRound = machine.round();
    stall = Optional.of(describe(Duration.ofNanos(nowNanos - openSinceNanos)));
    return stall;
  }

  private Stall describe(Duration open) {
    ValidatorSet validators = chain.validators();
    sights.keySet().retainAll(validators.addresses());
    List<Stall.View> views = new ArrayList<>();
    for (Address validator : validators.addresses()) {
      boolean self = machine.isSelf(validator);
      Sight sight =
          self
              ? new Sight(height, machine.round())
              : sights.getOrDefault(validator, new Sight(0, 0));
      views.add(
          new Stall.View(
              validator,
              self || peers.isHere(validator),
              sight.height(),
              sight.round(),
              peers.clockOffsetMillis(validator).map(Duration::ofMillis)));
    }
    return new Stall(height, machine.round(), open, views);
  }

  /** The stall that was told of last, until the height is decided. */
  Optional<Stall> stall() {
    return stall;
  }

  /** How long the open height has had something to decide. */
  Duration open(long nowNanos) {
    return deciding ? Duration.ofNanos(nowNanos - openSinceNanos) : Duration.ZERO;
  }
}
