package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.node.NodeListener.Alarm;
import org.junit.jupiter.api.Test;

/** When a node takes its clock for wrong, given what its peers say of theirs. */
class ClocksTest {
  private static final long LATE_MILLIS = 3_000;

  private final LoneNode node = new LoneNode();

  private void allHeardTwice(long aheadMillis, long waitedMillis) {
    long now = node.wallMillis();
    for (int word = 0; word < 2; word++) {
      for (int peer = 0; peer < 4; peer++) {
        node.hearsOfClock(peer, now + aheadMillis, now - waitedMillis);
      }
    }
  }

  @Test
  void wordsThatWaitedForABusyNodeMakeNoClockWrong() {
    allHeardTwice(-LATE_MILLIS, LATE_MILLIS);
    assertThat(node.alarms).isEmpty();
  }

  @Test
  void oneWordOfEachIsNotEnough() {
    long now = node.wallMillis();
    for (int peer = 0; peer < 4; peer++) {
      node.hearsOfClock(peer, now - LATE_MILLIS, now);
    }
    assertThat(node.alarms).isEmpty();
  }

  @Test
  void aClockThatIsWrongIsToldOfOnce() {
    allHeardTwice(-LATE_MILLIS, 0);
    allHeardTwice(-LATE_MILLIS, 0);
    assertThat(node.alarms).containsExactly(Alarm.CLOCK);
  }
}
