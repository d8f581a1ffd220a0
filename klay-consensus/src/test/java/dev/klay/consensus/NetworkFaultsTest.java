package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.BlockRef;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class NetworkFaultsTest {
  private static final ChainSpec SPEC =
      ChainSpec.aspen().withValidators(4).withBlockPeriod(Duration.ofMillis(50));

  private static KlayNetwork start() {
    return KlayNetwork.of(SPEC).rangers(1).start();
  }

  private static void expectOneChain(KlayNetwork network) {
    long height =
        network.nodes().stream().mapToLong(n -> n.head().number()).max().orElseThrow() + 3;
    network.awaitHeightEverywhere(height);
    List<Hash> hashes =
        network.nodes().stream()
            .map(n -> n.service().block(BlockRef.number(height)).join().orElseThrow().hash())
            .distinct()
            .toList();
    assertThat(hashes).hasSize(1);
    assertThat(network.nodes()).allSatisfy(n -> assertThat(n.evidence()).isEmpty());
  }

  @Test
  void aStoppedNodeOnDiskComesBackWithItsVotes(@TempDir Path directory) {
    try (KlayNetwork network = KlayNetwork.of(SPEC).rangers(1).data(directory).start()) {
      network.awaitHeightEverywhere(3);
      network.faults().stop(2);
      network.awaitHeight(network.node(0).head().number() + 6);
      KlayNode back = network.faults().restart(2);
      assertThat(network.node(2)).isSameAs(back);
      expectOneChain(network);
      Await.until("it votes", () -> back.status().voting() == Voting.VOTES);
    }
  }

  @Test
  void aNetworkOnDiskGoesOnWhereItWasClosed(@TempDir Path directory) {
    long height;
    Hash hash;
    try (KlayNetwork network = KlayNetwork.of(SPEC).rangers(0).data(directory).start()) {
      network.awaitHeightEverywhere(5);
      height = network.node(0).head().number();
      hash = network.node(0).head().hash();
    }
    try (KlayNetwork network = KlayNetwork.of(SPEC).rangers(0).data(directory).start()) {
      network.awaitHeightEverywhere(height + 3);
      assertThat(network.explorer().block(height).orElseThrow().hash()).isEqualTo(hash);
      expectOneChain(network);
    }
  }

  @Test
  void aNodeThatLostItsVotesWaitsUntilItMayVote() {
    try (KlayNetwork network = start()) {
      network.awaitHeightEverywhere(5);
      KlayNode back = network.faults().restart(1);
      expectOneChain(network);
      Await.until("it votes again", () -> back.status().voting() == Voting.VOTES);
      network.awaitHeightEverywhere(back.head().number() + 8);
      assertThat(network.explorer().latestBlocks(8).stream().map(b -> b.proposer()))
          .contains("Node02");
    }
  }

  @Test
  void aPausedNodeIsMissedAndCatchesUp() {
    try (KlayNetwork network = start()) {
      network.awaitHeightEverywhere(2);
      network.faults().pause(0);
      network.awaitHeight(network.node(1).head().number() + 6);
      long stood = network.node(0).head().number();
      assertThat(stood).isLessThan(network.node(1).head().number());
      network.faults().resume(0);
      expectOneChain(network);
    }
  }

  @Test
  void halvesMakeNoBlocksAndTheWholeDoesAgain() {
    try (KlayNetwork network = start()) {
      network.awaitHeightEverywhere(2);
      network.faults().partition(Set.of(0, 1), Set.of(2, 3));
      Await.until(
          "a round without a quorum ends",
          () -> network.nodes().stream().allMatch(n -> n.status().round() > 0));
      assertThat(network.nodes().stream().map(n -> n.head().number()).distinct())
          .hasSizeLessThanOrEqualTo(2);
      network.faults().heal();
      expectOneChain(network);
    }
  }

  @Test
  void anIsolatedNodeStandsStillWhileTheOthersGoOn() {
    try (KlayNetwork network = start()) {
      network.awaitHeightEverywhere(2);
      network.faults().isolate(3);
      long cut = network.node(3).head().number();
      network.awaitHeight(cut + 8);
      assertThat(network.node(3).head().number()).isLessThanOrEqualTo(cut + 1);
      network.faults().heal();
      expectOneChain(network);
    }
  }

  @Test
  void aSlowNodeDelaysNobodyForLong() throws InterruptedException {
    try (KlayNetwork network = start()) {
      network.awaitHeightEverywhere(2);
      network.faults().delay(1, Duration.ofMillis(100));
      network.awaitHeight(network.node(0).head().number() + 8);
      network.faults().heal();
      expectOneChain(network);
    }
    assertThat(LeftThreads.named("klay-")).isEmpty();
  }

  @Test
  void aNodeOfANetworkWithCheatsComesBackToAStateThatNoBlockTells() {
    Address rich = Address.parse("0x" + "77".repeat(20));
    try (KlayNetwork network = KlayNetwork.of(SPEC).rangers(1).cheats().start()) {
      Snapshot beginning = network.cheats().snapshot();
      network.awaitHeightEverywhere(2);
      network.faults().stop(2);
      network.cheats().setBalance(rich, Amount.klay(7));
      network.awaitHeight(network.node(0).head().number() + 3);
      KlayNode back = network.faults().restart(2);
      expectOneChain(network);
      assertThat(back.service().balance(rich, BlockRef.LATEST).join()).isEqualTo(Amount.klay(7));
      assertThat(back.rpc().call("evm_snapshot", "[]").join()).contains("0x");
      network.cheats().restore(beginning);
      network.awaitHeightEverywhere(1);
      assertThat(back.service().balance(rich, BlockRef.LATEST).join()).isEqualTo(Amount.ZERO);
    }
  }

  @Test
  void cheatsGoOnWithoutTheNodeThatServedAndNotWithoutAny() {
    ChainSpec one = ChainSpec.development();
    try (KlayNetwork network = KlayNetwork.of(one).rangers(1).cheats().start()) {
      network.cheats().mine(2);
      network.faults().stop(1); // the ranger, by which the clock went
      network.cheats().mine(2);
      assertThat(network.node(0).head().number()).isEqualTo(4);
      assertThatThrownBy(() -> network.faults().stop(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("last node");
      network.faults().restart(1);
      network.cheats().mine(1);
      network.awaitHeightEverywhere(5);
    }
  }

  @Test
  void aPlaceThatIsNoneIsNamed() {
    try (KlayNetwork network = start()) {
      assertThatThrownBy(() -> network.faults().stop(5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0 to 4");
    }
  }
}
