package dev.klay.consensus.simulation;

import java.util.ArrayDeque;
import java.util.List;

/** A digest over all that happened, and the last of it as text. */
final class Trace {
  private static final int KEPT = 200;

  private final ArrayDeque<String> last = new ArrayDeque<>();
  private final boolean full;
  private long digest;
  private long count;

  /**
   * A trace.
   *
   * @param full whether to keep text, which costs time
   */
  Trace(boolean full) {
    this.full = full;
  }

  void add(long nanos, int node, int kind, long a, long b) {
    digest =
        FakeSignatures.mix(
            digest * 31 + nanos + 0x9E3779B97F4A7C15L * (kind + 16L * node) + a * 7919 + b);
    count++;
    if (full) {
      if (last.size() >= KEPT) {
        last.remove();
      }
      last.add(
          nanos / 1000
              + " us node "
              + node
              + " "
              + nameOf(kind)
              + " "
              + a
              + " "
              + Long.toHexString(b));
    }
  }

  static final int SENT = 1;
  static final int IMPORTED = 2;
  static final int STARTED = 3;
  static final int CRASHED = 4;
  static final int FAULT = 5;
  static final int STOPPED = 6;

  private static String nameOf(int kind) {
    return switch (kind) {
      case SENT -> "sends, height";
      case IMPORTED -> "imports";
      case STARTED -> "starts behind";
      case CRASHED -> "crashes at";
      case FAULT -> "meets fault";
      case STOPPED -> "stops at";
      default -> "event " + kind;
    };
  }

  long digest() {
    return digest ^ count;
  }

  List<String> last() {
    return List.copyOf(last);
  }
}
