package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.wal.LedgerFailedException;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.BlockRef;
import dev.klay.core.storage.DirectoryStorage;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.primitive.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose disk is full says so, signs nothing, reads on, and goes on once started again. */
class FullDiskTest {
  private static final ChainSpec SPEC =
      ChainSpec.aspen().withValidators(1).withBlockPeriod(Duration.ofMillis(20));

  @TempDir private Path parent = Path.of("");
  private Path chain;
  private Path votes;

  @BeforeEach
  void directories() {
    chain = parent.resolve("chain");
    votes = parent.resolve("chain.votes");
  }

  private KlayNode start() {
    DirectoryStorage storage = Storage.directory(chain);
    return KlayNode.of(SPEC).storage(storage.through(FullDisk::new)).start();
  }

  @Test
  void theChainsDisk() {
    List<Hash> before = new ArrayList<>();
    try (KlayNode node = start()) {
      KlayNetwork.awaitHeight(node.service(), 5);
      FullDisk.fill(chain);
      expectStopped(node, "writing behind block");
      before.addAll(hashes(node));
    }
    FullDisk.empty(chain);
    expectGoesOn(before);
  }

  @Test
  void theVotesDisk() {
    List<Hash> before = new ArrayList<>();
    try (KlayNode node = start()) {
      KlayNetwork.awaitHeight(node.service(), 5);
      FullDisk.fill(votes);
      expectStopped(node, "the vote ledger cannot be written");
      before.addAll(hashes(node));
    }
    for (int i = 0; i < 3; i++) { // an impatient operator
      assertThatThrownBy(this::start)
          .isInstanceOf(LedgerFailedException.class)
          .hasMessageContaining("No space left on device");
    }
    FullDisk.empty(votes);
    expectGoesOn(before);
  }

  @Test
  void aNewNodesDisk() {
    FullDisk.fill(chain);
    assertThatThrownBy(this::start).hasMessageContaining("No space left on device");
    FullDisk.empty(chain);
    try (KlayNode node = start()) {
      KlayNetwork.awaitHeight(node.service(), 3);
    }
  }

  private static void expectStopped(KlayNode node, String why) {
    Await.until("it stops", () -> node.status().voting() == Voting.STOPPED);
    assertThat(node.status().isHealthy()).isFalse();
    assertThat(node.status().trouble().orElseThrow())
        .startsWith("STORAGE_FAULT")
        .contains(why)
        .contains("No space left on device");
    assertThat(node.metrics().counts(Metrics.Event.STOP)).isEqualTo(Map.of("STORAGE_FAULT", 1L));
    assertThat(node.metrics().gauge(Metrics.Gauge.VOTING)).isZero();
  }

  private static List<Hash> hashes(KlayNode node) {
    List<Hash> hashes = new ArrayList<>();
    for (long n = 0; n <= node.head().number(); n++) {
      hashes.add(node.service().block(BlockRef.number(n)).join().orElseThrow().hash());
    }
    return hashes;
  }

  private void expectGoesOn(List<Hash> before) {
    try (KlayNode node = start()) {
      KlayNetwork.awaitHeight(node.service(), before.size() + 5);
      assertThat(hashes(node)).startsWith(before.toArray(new Hash[0]));
      assertThat(node.status().voting()).isEqualTo(Voting.VOTES);
      assertThat(node.evidence()).isEmpty();
    }
  }
}
