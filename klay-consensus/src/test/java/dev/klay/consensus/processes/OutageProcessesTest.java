package dev.klay.consensus.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A minute below quorum: rounds do not climb meanwhile, and blocks come again by themselves once a
 * quorum is linked, within the time that reliability.md promises (P4).
 */
@FullSet
class OutageProcessesTest extends FourProcesses {
  private static final Duration OUTAGE = Duration.ofSeconds(60);

  /** 2 * T0 + 1 s, where T0 is a second. */
  private static final long PROMISED_MILLIS = 3_000;

  /** The round that was left when the quorum went, and one more that had begun. */
  private static final int ROUND_MAX = 2;

  @Test
  void twoOfFourAreDead() {
    cluster.process(2).kill();
    cluster.process(3).kill();
    waitForTheEndOfIt(List.of(0, 1));
    cluster.start(2);
    expectBlockSoon("the third of four came back", List.of(0, 1, 2));
    cluster.start(3);
    cluster.expectHealthy();
  }

  @Test
  void theNetworkIsCutInHalves() {
    for (int one : List.of(0, 1)) {
      for (int other : List.of(2, 3)) {
        cluster.between(one, other).refuse();
      }
    }
    waitForTheEndOfIt(List.of(0, 1, 2, 3));
    cluster.proxies().forEach(FaultProxy::heal);
    expectBlockSoon("the halves could reach each other", List.of(0, 1, 2, 3));
    cluster.expectHealthy();
  }

  private void waitForTheEndOfIt(List<Integer> alive) {
    Await.until(
        "the links are down", () -> alive.stream().allMatch(node -> cluster.peers(node) < 2));
    long height = cluster.highest();
    long begin = System.nanoTime();
    Await.until(
        "a minute has passed",
        OUTAGE.multipliedBy(2),
        () -> {
          for (int node : alive) {
            assertThat(cluster.round(node)).isLessThanOrEqualTo(ROUND_MAX);
          }
          return System.nanoTime() - begin > OUTAGE.toNanos();
        });
    assertThat(cluster.highest())
        .as("a block that was nearly final")
        .isLessThanOrEqualTo(height + 1);
  }

  private void expectBlockSoon(String since, List<Integer> quorum) {
    long height = cluster.highest();
    long begin = System.nanoTime();
    Await.until(
        "a quorum is linked",
        () -> quorum.stream().filter(node -> cluster.peers(node) >= 2).count() >= 3);
    long linked = System.nanoTime();
    Await.until("the first block", () -> cluster.highest() > height);
    long end = System.nanoTime();
    System.out.printf(
        "outage: first block %d ms after %s, %d ms after three of four were linked%n",
        (end - begin) / 1_000_000, since, (end - linked) / 1_000_000);
    assertThat((end - linked) / 1_000_000).isLessThanOrEqualTo(PROMISED_MILLIS);
  }
}
