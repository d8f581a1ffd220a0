package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.metrics.Metrics;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a node says of itself while the network makes no blocks. */
class NodeHealthTest {
  private static final ChainSpec SPEC =
      ChainSpec.aspen().withValidators(4).withBlockPeriod(Duration.ofMillis(50));

  @Test
  void aNodeThatIsAloneSaysForHowLongAndWhoIsMissing() {
    Address self = SPEC.validators().get(1);
    try (PrivateKey key = DevKeys.ofValidator(self).orElseThrow();
        KlayNode node =
            KlayNode.of(SPEC)
                .signer(key)
                .signsFrom(1)
                .roundTimeout(Duration.ofMillis(20))
                .start()) {
      Await.until("it is stalled", () -> node.status().isStalled());
      Stall stall = node.status().stall().orElseThrow();

      assertThat(stall.height()).isEqualTo(1);
      assertThat(stall.round()).isEqualTo(1);
      assertThat(stall.open()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
      assertThat(stall.validators()).extracting(Stall.View::validator).isEqualTo(SPEC.validators());
      for (Stall.View view : stall.validators()) {
        assertThat(view.connected()).isEqualTo(view.validator().equals(self));
        assertThat(view.clockOffset()).isEmpty();
      }
      assertThat(stall.validators()).extracting(Stall.View::height).containsExactly(0L, 1L, 0L, 0L);
      assertThat(node.status().isHealthy()).as("starting it again does not help").isTrue();
      assertThat(node.metrics().count(Metrics.Event.STALL)).isEqualTo(1);
    }
  }

  @Test
  void aRoundOfNoTimeIsRefused() throws InterruptedException {
    assertThatThrownBy(
            () -> KlayNode.of(ChainSpec.development()).roundTimeout(Duration.ZERO).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 ms to a minute");
    assertThat(LeftThreads.named("klay-Node01")).isEmpty();
  }
}
