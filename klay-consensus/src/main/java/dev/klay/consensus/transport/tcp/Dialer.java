package dev.klay.consensus.transport.tcp;

import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Decides when to try to reach which configured peer: at once, then at growing intervals that
 * chance spreads, so that nodes which went down together do not come back in step. Of one thread.
 */
final class Dialer {
  private static final int DOUBLINGS_MAX = 16;

  private static final class Target {
    final PeerAddress peer;
    int failures;
    long dueNanos;
    boolean dialling;

    Target(PeerAddress peer, long dueNanos) {
      this.peer = peer;
      this.dueNanos = dueNanos;
    }
  }

  private final List<Target> targets = new ArrayList<>();
  private final TcpLimits limits;
  private final RandomGenerator jitter;
  private final Consumer<PeerAddress> dial;

  /** Dials those that have an endpoint, and not oneself. */
  Dialer(
      Address self,
      List<PeerAddress> peers,
      TcpLimits limits,
      RandomGenerator jitter,
      long nowNanos,
      Consumer<PeerAddress> dial) {
    this.limits = limits;
    this.jitter = jitter;
    this.dial = dial;
    for (PeerAddress peer : peers) {
      if (peer.endpoint().isPresent() && !peer.identity().equals(self)) {
        // the smaller address goes first, or both would connect at once at every start
        long first = self.compareTo(peer.identity()) < 0 ? 0 : limits.reconnectMinMillis() * 2;
        targets.add(new Target(peer, nowNanos + TimeUnit.MILLISECONDS.toNanos(first)));
      }
    }
  }

  /** Dials whoever is due. */
  void tick(long nowNanos, Predicate<Address> isLinked) {
    for (Target target : targets) {
      boolean due = nowNanos - target.dueNanos >= 0;
      if (due && !target.dialling && !isLinked.test(target.peer.identity())) {
        target.dialling = true;
        dial.accept(target.peer);
      }
    }
  }

  /** An attempt, or the link that came of it, has ended. */
  void ended(PeerAddress peer, boolean wasLinked, long nowNanos) {
    for (Target target : targets) {
      if (target.peer.equals(peer)) {
        target.dialling = false;
        target.failures = wasLinked ? 0 : Math.min(DOUBLINGS_MAX, target.failures + 1);
        long delay = delayMillis(target.failures);
        target.dueNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(delay);
      }
    }
  }

  /** Half to one and a half of the interval. */
  private long delayMillis(int failures) {
    long doubled = limits.reconnectMinMillis() << Math.max(0, failures - 1);
    long interval = Math.min(limits.reconnectMaxMillis(), doubled);
    return (long) (interval * (0.5 + jitter.nextDouble()));
  }
}
