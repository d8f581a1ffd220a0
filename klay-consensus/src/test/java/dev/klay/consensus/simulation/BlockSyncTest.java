package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.simulation.LoneNode.Request;
import dev.klay.consensus.transport.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a node that lacks blocks fetches them ({@code consensus.md} section 11). */
class BlockSyncTest {
  private static final List<FinalBlock> CHAIN = LoneNode.blocks(1000);

  private final LoneNode node = new LoneNode();

  private static Frame answer(long from, long last) {
    return new Frame.FinalBlocks(CHAIN.subList((int) from - 1, (int) last));
  }

  private long head() {
    return node.chain.head().number();
  }

  /** Two peers have all, and were asked for four ranges. */
  private void twoPeersAreAsked() {
    node.hearsOfHead(0, 1000).hearsOfHead(1, 1000);
    assertThat(node.requests())
        .containsExactly(
            new Request(0, 1, 128),
            new Request(0, 129, 128),
            new Request(1, 257, 128),
            new Request(1, 385, 128));
  }

  @Test
  void fourRangesAreOnTheirWayTwoOfEachPeerAndNoMore() {
    twoPeersAreAsked();
    node.hearsOfHead(2, 1000);
    assertThat(node.requests()).isEmpty();
    node.hears(0, answer(1, 128));
    assertThat(node.requests()).hasSize(1).allMatch(r -> r.from() == 513 && r.peer() != 1);
  }

  @Test
  void whatComesTooSoonWaitsForItsTurnAndTakesAPlaceMeanwhile() {
    twoPeersAreAsked();
    node.hearsOfHead(2, 1000);
    node.hears(1, answer(257, 384)).hears(1, answer(385, 512)).hears(0, answer(129, 256));
    assertThat(head()).isZero();
    assertThat(node.requests()).as("all places are taken by what waits").isEmpty();
    node.hears(0, answer(1, 128));
    assertThat(head()).isEqualTo(512);
    assertThat(node.requests()).hasSize(4).extracting(Request::from).contains(513L, 897L);
  }

  @Test
  void aPartialAnswerIsUsedAtOnceAndTheRestIsAskedForAgain() {
    twoPeersAreAsked();
    node.hears(0, answer(1, 50));
    assertThat(head()).isEqualTo(50);
    assertThat(node.requests()).hasSize(1).allMatch(r -> r.from() == 51 && r.count() == 78);
  }

  @Test
  void theLastRangeIsAsLongAsThePeerHasBlocks() {
    node.hearsOfHead(3, 130);
    assertThat(node.requests()).containsExactly(new Request(3, 1, 128), new Request(3, 129, 2));
  }

  @Test
  void aPeerThatDoesNotAnswerIsReplacedAfterThreeSecondsAndNotAskedUntilItSpeaks() {
    twoPeersAreAsked();
    node.hearsOfHead(2, 1000);
    node.hears(1, answer(257, 384)).hears(1, answer(385, 512));
    node.pass(2_900);
    assertThat(node.requests()).isEmpty();
    node.pass(200);
    List<Request> again = node.requests();
    assertThat(again).extracting(Request::from).containsExactlyInAnyOrder(1L, 129L);
    assertThat(again).extracting(Request::peer).doesNotContain(0);
    again.forEach(r -> node.hears(r.peer(), answer(r.from(), r.from() + r.count() - 1)));
    assertThat(head()).isEqualTo(512);
    assertThat(node.requests()).extracting(Request::peer).doesNotContain(0);
  }

  @Test
  void aPeerThatGoesIsReplacedAtOnce() {
    twoPeersAreAsked();
    node.hears(1, answer(257, 384));
    node.core.peerDown(LoneNode.FOUR.get(0));
    assertThat(node.requests()).extracting(Request::from).containsExactly(1L);
  }

  @Test
  void aBlockWithoutAQuorumOfSealsBansItsSenderForAnHourAndCostsNobodyElse() {
    twoPeersAreAsked();
    List<FinalBlock> bad = new ArrayList<>(CHAIN.subList(0, 128));
    bad.set(60, LoneNode.block(61, bad.get(59).hash(), 0, 2));
    node.hears(0, answer(129, 256));
    node.hears(0, new Frame.FinalBlocks(bad));
    assertThat(node.banned).containsExactly(LoneNode.FOUR.get(0));
    assertThat(head()).as("what was right is kept").isEqualTo(60);
    node.hears(1, answer(257, 384)).hears(1, answer(385, 512));
    finish();
    assertThat(node.banned).hasSize(1);
    node.pass(3_500_000);
    node.hearsOfHead(0, 5000);
    assertThat(node.requests()).extracting(Request::peer).doesNotContain(0);
    node.pass(101_000);
    node.hearsOfHead(0, 5000);
    assertThat(node.requests()).extracting(Request::peer).containsOnly(0);
  }

  /** The second peer answers all that it is asked. */
  private void finish() {
    for (int i = 0; i < 20 && head() < 1000; i++) {
      for (Request r : node.requests()) {
        assertThat(r.peer()).isEqualTo(1);
        node.hears(1, answer(r.from(), r.from() + r.count() - 1));
      }
    }
    assertThat(head()).isEqualTo(1000);
  }

  @Test
  void anAnswerWithAGapCountsUpToIt() {
    twoPeersAreAsked();
    List<FinalBlock> gap = new ArrayList<>(CHAIN.subList(0, 128));
    gap.remove(70);
    node.hears(0, new Frame.FinalBlocks(gap));
    assertThat(head()).isEqualTo(70);
    assertThat(node.requests()).hasSize(1).allMatch(r -> r.from() == 71 && r.count() == 58);
    assertThat(node.banned).isEmpty();
  }

  @Test
  void blocksThatNobodyAskedForAreImportedIfTheyFitAndNotKeptElse() {
    node.hears(2, answer(5, 9));
    assertThat(head()).isZero();
    assertThat(node.requests()).containsExactly(new Request(2, 1, 5));
    node.hears(3, answer(1, 9));
    assertThat(head()).isEqualTo(9);
  }

  @Test
  void aNodeThatWasAwayHasAllSoonOverASlowLine() {
    try (SimulatedNetwork sim = SimulatedNetwork.of(4).rangers(1).seed(6).build()) {
      SimulatedNode late = sim.node(4);
      late.crash();
      sim.runFor(Duration.ofSeconds(1600));
      for (int i = 0; i < 4; i++) {
        sim.world().link(late, sim.node(i)).latencyMillis = 100;
        sim.world().link(sim.node(i), late).latencyMillis = 100;
      }
      late.restart();
      Duration before = sim.now();
      assertThat(sim.runUntil(() -> late.height() >= 1590, Duration.ofSeconds(60))).isTrue();
      assertThat(sim.now().minus(before)).isLessThan(Duration.ofMillis(1500));
      sim.checkSafety();
    }
  }
}
