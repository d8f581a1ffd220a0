package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.BlockRef;
import dev.klay.core.storage.DirectoryStorage;
import dev.klay.core.storage.ForeignStoreException;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.Storage;
import dev.klay.core.storage.StoreLockedException;
import dev.klay.crypto.primitive.Hash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableNodeTest {
  private static final ChainSpec SPEC =
      ChainSpec.aspen().withValidators(1).withBlockPeriod(Duration.ofMillis(20));

  @TempDir private Path directory = Path.of("");

  @Test
  void aNodeThatWasToldOtherWeightsDoesNotStart() {
    ChainSpec heavy = SPEC.withProposerWeights(Map.of(SPEC.validators().get(0), 9));
    DirectoryStorage storage = Storage.directory(directory);
    try (KlayNode node = KlayNode.of(heavy).storage(storage).start()) {
      KlayNetwork.awaitHeight(node.service(), 2);
    }
    for (ChainSpec other : List.of(SPEC, heavy.withBlockPeriod(Duration.ofMillis(30)))) {
      assertThatThrownBy(() -> KlayNode.of(other).storage(storage).start())
          .isInstanceOf(ForeignStoreException.class)
          .hasMessageContaining("weights");
    }
    KlayNode.of(heavy).storage(storage).start().close();
  }

  @Test
  void aNodeOnDiskGoesOnWhereItWasClosed() {
    DirectoryStorage storage = Storage.directory(directory, Retention.days(30));
    long height;
    Hash hash;
    try (KlayNode node = KlayNode.of(SPEC).storage(storage).start()) {
      KlayNetwork.awaitHeight(node.service(), 5);
      assertThatThrownBy(() -> KlayNode.of(SPEC).storage(storage).start())
          .isInstanceOf(StoreLockedException.class);
      height = node.head().number();
      hash = node.head().hash();
    }
    try (KlayNode node = KlayNode.of(SPEC).storage(storage).start()) {
      assertThat(node.head().number()).isGreaterThanOrEqualTo(height);
      KlayNetwork.awaitHeight(node.service(), height + 3);
      assertThat(node.service().block(BlockRef.number(height)).join().orElseThrow().hash())
          .isEqualTo(hash);
    }
  }
}
