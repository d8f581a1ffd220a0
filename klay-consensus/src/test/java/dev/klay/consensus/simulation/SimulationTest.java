package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.simulation.SimulationPlan.Length;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whole runs with faults, one for each seed: {@code -Dklay.seeds} of them from {@code
 * -Dklay.seedBase} on. What a plain build runs is a smoke test; CI runs 10,000.
 */
@Tag("simulation")
class SimulationTest {
  private static final long SMOKE = 200;

  private static Length length(long seeds) {
    return seeds <= SMOKE ? Length.SMOKE : Length.CI;
  }

  @Test
  void nodesAgreeUnderFaultsAndGoOnAfterThem() throws Exception {
    long seeds = Campaign.seeds(SMOKE);
    Campaign campaign = new Campaign(Campaign.seedBase(), seeds);
    campaign.run(seed -> SimulationPlan.of(seed, length(seeds)));
    System.out.println("simulation coverage: " + campaign.coverage());
    campaign.report("SimulationTest");
    if (seeds >= 1000) {
      assertThat(campaign.coverage().missing()).as("never happened").isEmpty();
    }
  }

  @Test
  void twinsSplitNothing() throws Exception {
    long seeds = Math.max(1, Campaign.seeds(SMOKE) / 5);
    Campaign campaign = new Campaign(Campaign.seedBase(), seeds);
    campaign.run(seed -> SimulationPlan.twins(seed, Length.CI));
    campaign.report("SimulationTest#twinsSplitNothing");
  }

  @Test
  void aSeedGivesTheSameRunTwice() {
    long base = Campaign.seedBase();
    long checked = Math.max(4, Campaign.seeds(SMOKE) / 100);
    for (long seed = base; seed < base + checked; seed++) {
      SimulationPlan plan = SimulationPlan.of(seed, Length.SMOKE);
      assertThat(SimulationRun.run(plan).digest())
          .as("seed %d", seed)
          .isEqualTo(SimulationRun.traced(plan).digest());
    }
  }
}
