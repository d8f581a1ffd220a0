package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.config.Ballot;
import dev.klay.crypto.primitive.Address;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedNetworkTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 13})
  void withoutFaultsABlockIsMadeEachPeriod(int validators) {
    try (SimulatedNetwork sim = SimulatedNetwork.of(validators).rangers(1).seed(1).build()) {
      sim.runFor(Duration.ofSeconds(60));
      assertThat(sim.commonHeight()).isBetween(58L, 61L);
      sim.checkSafety();
    }
  }

  @Test
  void equalSeedsGiveEqualRunsAndOtherSeedsOthers() {
    assertThat(digest(7)).isEqualTo(digest(7)).isNotEqualTo(digest(8));
  }

  private static long digest(long seed) {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(seed).build()) {
      sim.node(1).inject(Fault.crash(Duration.ofSeconds(3)));
      sim.node(2).inject(Fault.mutation(0.3));
      sim.runFor(Duration.ofSeconds(30));
      return sim.digest();
    }
  }

  @Test
  void aPartitionStopsTheChainAndItGoesOnAfterwards() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(42).build()) {
      sim.node(2).inject(Fault.equivocation());
      sim.runFor(Duration.ofSeconds(10));
      sim.partition(Set.of(0, 1), Set.of(2, 3)).during(Duration.ofMinutes(1));
      sim.runFor(Duration.ofSeconds(2));
      long before = sim.commonHeight();
      sim.runFor(Duration.ofSeconds(50));
      assertThat(sim.commonHeight()).isLessThanOrEqualTo(before + 1);
      sim.runFor(Duration.ofMinutes(2));
      assertThat(sim.commonHeight()).isGreaterThan(before + 60);
      sim.checkSafety();
    }
  }

  @Test
  void aWipedNodeVotesAgainOnlyWhenItIsSafe() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(3).build()) {
      sim.runFor(Duration.ofSeconds(10));
      sim.node(1).inject(Fault.wipedDisk());
      sim.runFor(Duration.ofSeconds(30));
      assertThat(sim.commonHeight()).isGreaterThan(35);
      sim.node(3).crash(); // now the wiped one is needed
      long before = sim.commonHeight();
      sim.runFor(Duration.ofSeconds(30));
      assertThat(sim.commonHeight()).isGreaterThan(before + 15);
      sim.checkSafety();
    }
  }

  /** Found by seed 1002148 of a long run: it waited for its clock, and the others for it. */
  @Test
  void aNodeWhoseClockWasBehindHearsOfWhatItMissed() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(5).build()) {
      sim.runFor(Duration.ofSeconds(3));
      SimulatedNode late = sim.node(2);
      late.inject(Fault.clockJump(Duration.ofMinutes(-10)));
      sim.runFor(Duration.ofSeconds(3));
      sim.node(3).crash(); // now the late one is needed
      sim.partition(Set.of(2), Set.of(0, 1)).during(Duration.ofSeconds(5));
      sim.runFor(Duration.ofSeconds(5));
      late.clock().heal();
      long before = sim.commonHeight();
      sim.runUntil(() -> sim.commonHeight() > before, Duration.ofSeconds(10));
      assertThat(sim.commonHeight()).isGreaterThan(before);
      sim.checkSafety();
    }
  }

  @Test
  void validatorsComeAndGoAtTheEndOfAnEpoch() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).joiners(1).epochLength(10).build()) {
      SimulatedNode joiner = sim.node(4);
      for (int i = 0; i < 3; i++) {
        sim.node(i).cast(Ballot.add(joiner.address()));
        sim.node(i).cast(Ballot.remove(sim.node(3).address()));
      }
      sim.runFor(Duration.ofSeconds(45));
      assertThat(sim.node(0).chain().validators().contains(joiner.address())).isTrue();
      assertThat(sim.node(0).chain().validators().contains(sim.node(3).address())).isFalse();
      assertThat(sim.commonHeight()).isGreaterThan(40);
      sim.checkSafety();
    }
  }

  @Test
  void whoIsCaughtIsVotedOutWhereThatIsWantedAndStaysOtherwise() {
    for (boolean wanted : new boolean[] {true, false}) {
      SimulatedNetwork.Builder builder = SimulatedNetwork.of(4).seed(5).epochLength(10);
      try (SimulatedNetwork sim = (wanted ? builder.autoBallot() : builder).build()) {
        sim.node(2).inject(Fault.mutation(0.5));
        sim.runFor(Duration.ofSeconds(90));
        Address culprit = sim.node(2).address();
        assertThat(sim.node(0).chain().validators().contains(culprit)).isEqualTo(!wanted);
        assertThat(sim.node(0).openBallots()).as("closed once it is so").isEmpty();
        assertThat(sim.commonHeight()).isGreaterThan(40);
        sim.checkSafety();
      }
    }
  }

  @Test
  void whoWeighsMoreProposesMoreAndEverybodyProposes() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).weights(5, 1, 2).epochLength(9).build()) {
      sim.runFor(Duration.ofSeconds(182));
      TreeMap<Address, Integer> blocks = new TreeMap<>();
      for (long n = 1; n <= 180; n++) {
        blocks.merge(sim.node(0).chain().block(n).orElseThrow().block().builder(), 1, Integer::sum);
      }
      assertThat(blocks.values()).as("20 epochs of 9 blocks").containsExactly(100, 20, 40, 20);
      sim.checkSafety();
    }
  }

  @Test
  void moreLiarsThanAllowedSplitTheChainAndTheCheckerSeesIt() {
    boolean split = false;
    for (int seed = 0; seed < 20 && !split; seed++) {
      try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(seed).build()) {
        Conspiracy conspiracy = new Conspiracy();
        List.of(2, 3).forEach(i -> conspiracy.join(sim.node(i)));
        sim.runFor(Duration.ofSeconds(30));
        split = sim.violations().stream().anyMatch(v -> v.invariant().equals("I1"));
      }
    }
    assertThat(split).isTrue();
  }

  @Test
  void oneConspiratorOfFourSplitsNothing() {
    for (int seed = 0; seed < 20; seed++) {
      try (SimulatedNetwork sim = SimulatedNetwork.of(4).seed(seed).build()) {
        new Conspiracy().join(sim.node(3));
        sim.runFor(Duration.ofSeconds(30));
        assertThat(sim.commonHeight()).isGreaterThan(8);
        sim.checkSafety();
      }
    }
  }
}
