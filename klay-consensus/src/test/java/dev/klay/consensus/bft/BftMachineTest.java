package dev.klay.consensus.bft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BftMachineTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 13, 22})
  void validatorsTakeTurnsAndBlocksStepByThePeriod(int size) {
    TestNetwork network = new TestNetwork(size, 1);
    network.start();
    network.runUntil(60_900);

    assertThat(network.commonHeight()).isBetween(59, 60);
    List<ProposedBlock> chain = network.nodes.get(0).chain;
    for (int i = 0; i < chain.size(); i++) {
      assertThat(chain.get(i).builder()).isEqualTo(FakeSigner.addressOf(i % size));
      assertThat(network.nodes.get(0).rounds.get(i)).isZero();
    }
    assertThat(network.nodes).allSatisfy(node -> assertThat(node.evidence).isEmpty());
  }

  @Test
  void aDeadProposerDelaysItsBlockByOneRoundAndNothingElse() {
    TestNetwork network = new TestNetwork(4, 2);
    network.nodes.get(2).crash();
    network.start();
    network.runUntil(7_900);

    List<ProposedBlock> chain = network.nodes.get(0).chain;
    assertThat(chain.stream().limit(5).map(b -> (int) b.builder().unsafeArray()[0] - 1))
        .containsExactly(0, 1, 3, 0, 1);
    assertThat(network.nodes.get(0).rounds.subList(0, 5)).containsExactly(0, 0, 1, 0, 0);
    long delay = chain.get(2).timestampMillis() - chain.get(1).timestampMillis();
    assertThat(delay).isBetween(2000L, 2100L);
    assertThat(chain.get(3).timestampMillis() - chain.get(2).timestampMillis()).isEqualTo(1000);
  }

  @Test
  void withoutAQuorumRoundsDoNotClimb() {
    TestNetwork network = new TestNetwork(4, 3);
    network.nodes.get(2).crash();
    network.nodes.get(3).crash();
    network.start();
    network.runUntil(3_600_000);
    assertThat(network.commonHeight()).isLessThanOrEqualTo(0);

    network.nodes.get(3).restart();
    network.runUntil(3_604_000);
    assertThat(network.commonHeight()).isGreaterThanOrEqualTo(1);
    assertThat(network.nodes.get(0).rounds.get(0)).isLessThanOrEqualTo(2);
  }

  @Test
  void aRestartedNodeDoesNotContradictItself() {
    TestNetwork network = new TestNetwork(4, 4);
    network.start();
    for (int i = 0; i < 40; i++) {
      network.runUntil(network.now() + 500 + network.random().nextInt(700));
      TestNetwork.Node node = network.nodes.get(network.random().nextInt(4));
      node.crash();
      network.runUntil(network.now() + network.random().nextInt(1500));
      node.restart();
    }
    network.runUntil(network.now() + 20_000);
    assertThat(network.commonHeight()).isGreaterThan(30);
    assertThat(network.nodes).allSatisfy(node -> assertThat(node.evidence).isEmpty());
  }

  @Test
  void onDemandABlockIsMadeAsSoonAsThereIsWorkAndNotBefore() {
    TestNetwork network = new TestNetwork(4, 5, 0, 0);
    network.start();
    network.runUntil(10_000);
    assertThat(network.commonHeight()).isZero();
    network.nodes.get(3).feed(new Event.WorkPending());
    network.nodes.get(0).feed(new Event.WorkPending());
    network.runUntil(10_200);
    assertThat(network.commonHeight()).isEqualTo(1);
    network.runUntil(30_000);
    assertThat(network.commonHeight()).isEqualTo(1);
  }

  /** Faults of the network and crashes first, then a quiet time in which progress is due. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 13})
  void nodesAgreeUnderFaultsAndGoOnAfterThem(int size) {
    int highestRound = 0;
    for (long seed = 0; seed < 40; seed++) {
      TestNetwork network = new TestNetwork(size, seed);
      network.start();
      disturb(network, size);
      heal(network);
      long healed = network.now();
      int before = network.commonHeight();
      network.runUntil(healed + 40_000);
      assertThat(network.commonHeight())
          .as("blocks after the faults, seed %d", seed)
          .isGreaterThan(before + 10);
      for (TestNetwork.Node node : network.nodes) {
        assertThat(node.evidence).as("seed %d", seed).isEmpty();
        highestRound = Math.max(highestRound, node.rounds.stream().max(Integer::compare).orElse(0));
      }
    }
    if (size >= 4) {
      assertThat(highestRound).as("the faults must bite").isGreaterThan(1);
    }
  }

  private static void disturb(TestNetwork network, int size) {
    List<TestNetwork.Node> down = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int cut = network.random().nextInt(size + 1);
      double loss = network.random().nextDouble() * 0.4;
      long delay = 1 + network.random().nextInt(800);
      network.links(
          new TestNetwork.Links(
              delay, loss, (from, to) -> from < cut == to < cut || (from + to) % 5 == 0));
      if (network.random().nextInt(3) == 0) {
        TestNetwork.Node victim = network.nodes.get(network.random().nextInt(size));
        if (victim.up) {
          victim.crash();
          down.add(victim);
        }
      } else if (!down.isEmpty()) {
        down.remove(0).restart();
      }
      network.runUntil(network.now() + 500 + network.random().nextInt(4000));
    }
    down.forEach(TestNetwork.Node::restart);
  }

  private static void heal(TestNetwork network) {
    network.links(TestNetwork.Links.GOOD);
    Set.copyOf(network.nodes).forEach(n -> assertThat(n.up).isTrue());
  }
}
