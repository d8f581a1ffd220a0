package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.Stall;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.crypto.primitive.Address;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What nodes notice of a height that stays open, of clocks that are wrong, and of the absent. */
class WatchesTest {
  private static List<ProposedBlock> blocks(SimulatedNetwork sim, long from) {
    SimulatedNode node = sim.node(0);
    return LongStream.rangeClosed(from, node.height())
        .mapToObj(n -> node.chain().block(n).orElseThrow().block())
        .toList();
  }

  private static long blocksOf(SimulatedNetwork sim, SimulatedNode by, long from) {
    return blocks(sim, from).stream().filter(b -> b.builder().equals(by.address())).count();
  }

  @Test
  void aHeightThatStaysOpenIsToldOfOnceARoundWithWhatIsKnownOfEverybody() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(1).build()) {
      sim.runFor(Duration.ofSeconds(5));
      sim.node(2).crash();
      sim.node(3).crash();
      sim.runFor(Duration.ofSeconds(9));
      assertThat(sim.node(0).stall()).isEmpty();
      sim.runFor(Duration.ofMinutes(2));

      Stall stall = sim.node(0).stall().orElseThrow();
      assertThat(stall.height()).isEqualTo(sim.node(0).height() + 1);
      assertThat(stall.open()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
      assertThat(stall.validators())
          .extracting(Stall.View::connected)
          .containsExactly(true, true, false, false);
      Stall.View neighbour = stall.validators().get(1);
      assertThat(neighbour.validator()).isEqualTo(sim.node(1).address());
      assertThat(neighbour.height()).isEqualTo(stall.height());
      assertThat(neighbour.round()).isEqualTo(1);
      assertThat(neighbour.clockOffset().orElseThrow()).isLessThan(Duration.ofMillis(100));
      assertThat(stall.validators().get(2).height()).isBetween(4L, stall.height());
      assertThat(stall.validators().get(2).clockOffset()).isEmpty();
      assertThat(sim.coverage().count(Sometimes.STALL)).as("once by each of two").isEqualTo(2);

      sim.node(2).restart();
      sim.runFor(Duration.ofSeconds(10));
      assertThat(sim.node(0).stall()).isEmpty();
      sim.checkSafety();
    }
  }

  @Test
  void aChainWithoutAnythingToDecideIsNotStalled() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).blockPeriod(Duration.ZERO).build()) {
      sim.runFor(Duration.ofMinutes(5));
      assertThat(sim.commonHeight()).isZero();
      assertThat(sim.coverage().count(Sometimes.STALL)).isZero();
      sim.nodes().forEach(node -> node.submit(7));
      sim.runFor(Duration.ofMinutes(5));
      assertThat(sim.commonHeight()).isEqualTo(1);
      assertThat(sim.coverage().count(Sometimes.STALL)).isZero();
    }
  }

  @Test
  void aClockThatIsALittleOffIsWorthAWarningAndNothingElse() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(2).build()) {
      sim.node(1).inject(Fault.clockJump(Duration.ofMillis(350)));
      sim.runFor(Duration.ofSeconds(150));
      assertThat(sim.coverage().count(Sometimes.CLOCK_DRIFT)).isEqualTo(1);
      assertThat(sim.coverage().count(Sometimes.CLOCK)).isZero();
      assertThat(blocksOf(sim, sim.node(1), 100)).isGreaterThan(8);
      sim.checkSafety();
    }
  }

  @Test
  void aNodeWhoseClockIsWrongSkipsItsTurnsUntilItIsRightAgain() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(3).build()) {
      sim.runFor(Duration.ofSeconds(5));
      sim.node(1).inject(Fault.clockJump(Duration.ofHours(-1)));
      sim.runFor(Duration.ofSeconds(20));
      assertThat(sim.coverage().count(Sometimes.CLOCK)).isEqualTo(1);
      long wrong = sim.commonHeight();
      sim.runFor(Duration.ofSeconds(40));
      assertThat(blocksOf(sim, sim.node(1), wrong + 1)).isZero();
      assertThat(sim.commonHeight()).as("the others go on").isGreaterThan(wrong + 25);

      sim.node(1).inject(Fault.clockJump(Duration.ofHours(1)));
      sim.runFor(Duration.ofSeconds(20));
      long right = sim.commonHeight();
      sim.runFor(Duration.ofSeconds(20));
      assertThat(blocksOf(sim, sim.node(1), right + 1)).isBetween(4L, 6L);
      sim.checkSafety();
    }
  }

  @Test
  void anAbsentLeaderIsWaitedForBrieflyOnceItWasNotSeenForTwoRoundsOfTurns() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(4).build()) {
      sim.runFor(Duration.ofSeconds(4));
      Address absent = sim.node(2).address();
      sim.node(2).crash();
      sim.runFor(Duration.ofSeconds(60));
      List<ProposedBlock> blocks = blocks(sim, 1);
      long waitedAtFirst = 0;
      long waitedAtLast = 0;
      for (int i = 1; i < blocks.size(); i++) {
        long gap = blocks.get(i).timestampMillis() - blocks.get(i - 1).timestampMillis();
        waitedAtFirst = i < 12 ? Math.max(waitedAtFirst, gap) : waitedAtFirst;
        waitedAtLast = i > 20 ? Math.max(waitedAtLast, gap) : waitedAtLast;
      }
      assertThat(waitedAtFirst).isBetween(2000L, 2200L);
      assertThat(waitedAtLast).isBetween(1000L, 1400L);
      assertThat(blocks.subList(12, blocks.size()))
          .noneMatch(block -> block.builder().equals(absent));
      sim.checkSafety();
    }
  }
}
