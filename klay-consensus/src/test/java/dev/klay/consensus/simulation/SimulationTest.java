package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.klay.consensus.simulation.SimulationPlan.Length;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whole runs with faults, one for each seed: {@code -Dklay.seeds} of them from {@code
 * -Dklay.seedBase} on. What a plain build runs is a smoke test; CI runs 10,000.
 */
@Tag("simulation")
class SimulationTest {
  private static final long SMOKE = 200;

  @Tag("S1")
  @Test
  void nodesAgreeUnderFaultsAndGoOnAfterThem() throws Exception {
    long seeds = Campaign.seeds(SMOKE);
    Campaign campaign = new Campaign(Campaign.seedBase(), seeds);
    campaign.run(seed -> SimulationPlan.of(seed, Length.CI));
    System.out.println("simulation coverage: " + campaign.coverage());
    campaign.report("SimulationTest");
    if (seeds >= 1000) {
      assertThat(campaign.coverage().missing()).as("never happened").isEmpty();
    }
  }

  /** Before a release: {@code -Dklay.minutes=120}, each tenth run one of twins. */
  @Test
  void nodesAgreeForHours() throws Exception {
    long minutes = Long.getLong("klay.minutes", 0);
    assumeTrue(minutes > 0, "set -Dklay.minutes=120 for a long run");
    Campaign campaign = Campaign.lasting(Duration.ofMinutes(minutes), Campaign.seedBase());
    campaign.run(
        seed ->
            seed % 10 == 0
                ? SimulationPlan.twins(seed, Length.LONG)
                : SimulationPlan.of(seed, Length.LONG));
    System.out.println("simulation coverage: " + campaign.coverage());
    System.out.println("simulation faults: " + campaign.faults());
    System.out.printf(
        "simulation speed: %d blocks/s of one core, %d events%n",
        campaign.blocksPerSecond(), campaign.events());
    campaign.report("SimulationTest#nodesAgreeForHours -Dklay.minutes=1");
    assertThat(campaign.coverage().missing()).as("never happened").isEmpty();
  }

  @Test
  void twinsSplitNothing() throws Exception {
    long seeds = Math.max(1, Campaign.seeds(SMOKE) / 5);
    Campaign campaign = new Campaign(Campaign.seedBase(), seeds);
    campaign.run(seed -> SimulationPlan.twins(seed, Length.CI));
    campaign.report("SimulationTest#twinsSplitNothing");
  }

  /** Seeds that showed a fault of the code or of the simulator, for ever. */
  @Test
  void seedsThatFailedOnceAreClean() throws IOException {
    List<String> lines;
    try (InputStream file = SimulationTest.class.getResourceAsStream("regression-seeds.txt")) {
      lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      String[] words = line.split(" ", 3);
      long seed = Long.parseLong(words[0]);
      Length length = words[1].equals("long") ? Length.LONG : Length.CI;
      assertThat(SimulationRun.run(SimulationPlan.of(seed, length)).violations())
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void realBlocksAgreeUnderFaultsTooAndNoPebIsLost() {
    for (long seed = Campaign.seedBase(); seed < Campaign.seedBase() + 2; seed++) {
      try (SimulatedNetwork sim =
              SimulatedNetwork.of(4).seed(seed).rangers(1).realBlocks(ChainSpec.aspen()).build();
          PrivateKey faucet = DevKeys.faucet()) {
        sim.node(1).inject(Fault.crash(Duration.ofSeconds(4)));
        sim.partition(Set.of(0), Set.of(2, 3)).during(Duration.ofSeconds(5));
        for (int nonce = 0; nonce < 5; nonce++) {
          SignedTx tx = transfer(faucet, nonce);
          sim.nodes().forEach(node -> node.submit(tx));
          sim.runFor(Duration.ofSeconds(1));
        }
        sim.runFor(Duration.ofSeconds(20));
        assertThat(sim.commonHeight()).isGreaterThan(12);
        sim.checkSafety();
        for (SimulatedNode node : sim.nodes()) {
          ChainHead head = node.head();
          Amount[] sum = {Amount.ZERO};
          head.state().forEach((k, account) -> sum[0] = sum[0].plus(account.balance()));
          assertThat(sum[0]).isEqualTo(head.supply());
          assertThat(head.state().account(faucet.address()).orElseThrow().nonce()).isEqualTo(5);
        }
      }
    }
  }

  private static SignedTx transfer(PrivateKey from, long nonce) {
    return SignedTx.sign(
        new ValueTransferTx(
            new TxHead(nonce, Amount.ston(25), 21_000),
            FeeDelegation.NONE,
            from.address(),
            DevKeys.validatorAddresses(1).get(0),
            Amount.klay(1)),
        ChainSpec.ASPEN_CHAIN_ID,
        from);
  }

  @Test
  void aSeedGivesTheSameRunTwice() {
    long base = Campaign.seedBase();
    long checked = Math.max(4, Campaign.seeds(SMOKE) / 100);
    for (long seed = base; seed < base + checked; seed++) {
      SimulationPlan plan = SimulationPlan.of(seed, Length.CI);
      assertThat(SimulationRun.run(plan).digest())
          .as("seed %d", seed)
          .isEqualTo(SimulationRun.traced(plan).digest());
    }
  }
}
