package dev.klay.consensus.transport.tcp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts connections that others made and that are not yet links. Any thread may call. */
final class HalfOpen {
  private final TcpLimits limits;
  private final Map<InetAddress, Integer> byHost = new HashMap<>();
  private final RateLimit handshakes;
  private int total;

  HalfOpen(TcpLimits limits, long nowNanos) {
    this.limits = limits;
    this.handshakes = new RateLimit(limits.handshakesPerSecond(), nowNanos);
  }

  /** Counts one more, unless there are enough, or were in the last seconds: TLS is dear. */
  synchronized boolean begin(InetAddress host, long nowNanos) {
    int ofHost = byHost.getOrDefault(host, 0);
    boolean room = host.isLoopbackAddress() || ofHost < limits.halfOpenPerHostMax();
    if (total >= limits.halfOpenMax() || !room || !handshakes.take(1, nowNanos)) {
      return false;
    }
    total++;
    byHost.put(host, ofHost + 1);
    return true;
  }

  /** One of them is a link now, or has ended. */
  synchronized void end(InetAddress host) {
    total--;
    byHost.computeIfPresent(host, (h, count) -> count > 1 ? count - 1 : null);
  }

  synchronized int total() {
    return total;
  }
}
