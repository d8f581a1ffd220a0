package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.node.ExecutedChain;
import dev.klay.consensus.rpc.RpcException;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.transport.InMemoryHub;
import dev.klay.consensus.transport.Transport;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainUnavailableException;
import dev.klay.core.storage.ForeignStoreException;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sole validator signed two chains; a ranger hears of both. */
class SplitChainTest {
  private static final ChainSpec SPEC =
      ChainSpec.aspen().withValidators(1).withBlockPeriod(Duration.ofMillis(20));

  /** Two blocks of height 1, with certificates. */
  private static FinalBlock one;

  private static FinalBlock other;

  private final InMemoryHub hub = new InMemoryHub();
  private final Queue<Frame> heard = new ConcurrentLinkedQueue<>();
  private final Transport peer = hub.connect();
  private final PrivateKey key = DevKeys.ranger(1);

  @BeforeAll
  static void makeBoth() {
    one = firstBlock(Clock.systemUTC());
    other = firstBlock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    assertThat(one.hash()).isNotEqualTo(other.hash());
  }

  private static FinalBlock firstBlock(Clock clock) {
    try (KlayNode node = KlayNode.of(SPEC).clock(clock).signsFrom(1).start()) {
      KlayNetwork.awaitHeight(node.service(), 1);
      return ExecutedChain.FORMAT.decodeSealed(
          node.chain().store().block(1).orElseThrow().block().encode());
    }
  }

  @BeforeEach
  void joinAsPeer() {
    peer.start(DevKeys.ranger(2).address(), NodeRole.CONSENSUS, new Listening(heard));
  }

  @AfterEach
  void leave() {
    key.close();
    hub.close();
  }

  private NodeBuilder ranger() {
    return KlayNode.of(SPEC).role(NodeRole.RANGER).signer(key).transport(hub.connect());
  }

  private void tell(KlayNode node, FinalBlock block) {
    peer.send(node.address(), new Frame.Final(block));
  }

  @Test
  void itShowsBothAndServesNobodyAnyMore() {
    try (KlayNode ranger = ranger().start()) {
      tell(ranger, one);
      KlayNetwork.awaitHeight(ranger.service(), 1);
      assertThat(ranger.rpc().call("klay_blockNumber", "[]").join()).isEqualTo("\"0x1\"");
      tell(ranger, other);
      Await.until("it stopped", () -> ranger.status().trouble().isPresent());

      assertThat(ranger.status().trouble().orElseThrow()).startsWith("FORK");
      assertThat(ranger.status().isHealthy()).isFalse();
      assertThat(heard).contains(new Frame.Final(one), new Frame.Final(other));
      Await.until("it refuses", () -> ranger.service().height().isCompletedExceptionally());
      assertThatThrownBy(() -> ranger.service().block(BlockRef.LATEST).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ChainUnavailableException.class)
          .hasMessageContaining("two final blocks of height 1");
      Await.until(
          "its JSON-RPC refuses",
          () -> ranger.rpc().call("klay_blockNumber", "[]").isCompletedExceptionally());
      assertThatThrownBy(() -> ranger.rpc().call("klay_blockNumber", "[]").join())
          .hasCauseInstanceOf(RpcException.class)
          .hasMessageContaining("two final blocks of height 1");
    }
  }

  @Test
  void withACheckpointItTakesTheOneItWasToldOf() {
    try (KlayNode ranger = ranger().checkpoint(new Checkpoint(1, other.hash())).start()) {
      tell(ranger, one);
      Await.until("it refused", () -> ranger.metrics().count(Metrics.Event.BAN) == 1);
      assertThat(ranger.head().number()).isZero();
      Transport honest = hub.connect();
      honest.start(DevKeys.ranger(3).address(), NodeRole.CONSENSUS, new Listening(heard));
      honest.send(ranger.address(), new Frame.Final(other));
      KlayNetwork.awaitHeight(ranger.service(), 1);
      assertThat(ranger.head().hash()).isEqualTo(other.hash());
    }
  }

  private record Listening(Queue<Frame> heard) implements Transport.Receiver {
    @Override
    public void peerUp(Address node, NodeRole role) {}

    @Override
    public void peerDown(Address node) {}

    @Override
    public void received(Address from, Frame frame) {
      heard.add(frame);
    }
  }

  @Test
  void aStoreThatIsNotOfTheCheckpointIsRefused(@TempDir Path directory) {
    Path chain = directory.resolve("chain");
    try (KlayNode ranger = ranger().storage(Storage.directory(chain)).start()) {
      tell(ranger, one);
      KlayNetwork.awaitHeight(ranger.service(), 1);
    }
    NodeBuilder wrong =
        ranger().storage(Storage.directory(chain)).checkpoint(new Checkpoint(1, other.hash()));
    assertThatThrownBy(wrong::start)
        .isInstanceOf(ForeignStoreException.class)
        .hasMessageContaining(other.hash().toHex());
    NodeBuilder right =
        ranger().storage(Storage.directory(chain)).checkpoint(new Checkpoint(1, one.hash()));
    right.start().close();
    assertThatThrownBy(() -> new Checkpoint(0, Hash.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
