package dev.klay.consensus.node;

/**
 * Compares the clock here with the others' ({@code consensus.md} section 15). One that is off by
 * more than blocks may be makes this node a bad leader: it skips its own turns until it is right
 * again. Half of that is worth a warning.
 */
final class ClockWatch {
  private enum Verdict {
    RIGHT,
    OFF,
    WRONG
  }

  private final PeerBook peers;
  private final NodeListener listener;
  private final long maxDriftMillis;
  private Verdict verdict = Verdict.RIGHT;

  ClockWatch(PeerBook peers, NodeListener listener, long maxDriftMillis) {
    this.peers = peers;
    this.listener = listener;
    this.maxDriftMillis = maxDriftMillis;
  }

  /**
   * A peer told what its clock says; tells once when it gets worse. The first of several peers says
   * nothing: it may be the one that is wrong.
   */
  void look(int validators) {
    if (peers.clocksKnown() < Math.min(2, validators - 1)) {
      return;
    }
    long offset = peers.medianClockOffsetMillis();
    Verdict now = judge(Math.abs(offset));
    if (now.compareTo(verdict) > 0) {
      listener.alarm(
          now == Verdict.WRONG ? NodeListener.Alarm.CLOCK : NodeListener.Alarm.CLOCK_DRIFT,
          "the others' clocks are " + offset + " ms ahead of the one here");
    }
    verdict = now;
  }

  private Verdict judge(long offsetMillis) {
    if (offsetMillis > maxDriftMillis) {
      return Verdict.WRONG;
    }
    return offsetMillis > maxDriftMillis / 2 ? Verdict.OFF : Verdict.RIGHT;
  }

  /** Whether blocks made here would be of the wrong time. */
  boolean isWrong() {
    return verdict == Verdict.WRONG;
  }
}
