package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.transport.tcp.Endpoint;
import dev.klay.consensus.transport.tcp.PeerAddress;
import dev.klay.consensus.transport.tcp.TcpTransport;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.Receipt;
import dev.klay.core.storage.Storage;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes that know each other by TLS over loopback only. */
@Timeout(180)
class TcpNodesTest {
  private static final ChainSpec SPEC =
      ChainSpec.aspen().withValidators(4).withBlockPeriod(Duration.ofMillis(100));

  @TempDir private Path directory = Path.of("");

  /** The validators and one ranger of a network, each at a free port. */
  private static List<PeerAddress> network() throws IOException {
    List<PeerAddress> peers = new ArrayList<>();
    List<ServerSocket> reserved = new ArrayList<>();
    for (Address validator : SPEC.validators()) {
      ServerSocket socket = new ServerSocket(0);
      reserved.add(socket);
      peers.add(
          new PeerAddress(
              SPEC.validatorName(validator).orElseThrow(),
              NodeRole.CONSENSUS,
              validator,
              Optional.of(new Endpoint("127.0.0.1", socket.getLocalPort()))));
    }
    for (ServerSocket socket : reserved) {
      socket.close();
    }
    try (PrivateKey ranger = DevKeys.ranger(1)) {
      peers.add(new PeerAddress("Ranger01", NodeRole.RANGER, ranger.address(), Optional.empty()));
    }
    return peers;
  }

  private KlayNode start(List<PeerAddress> network, int place) {
    return start(SPEC, network, network, place);
  }

  private KlayNode start(
      ChainSpec spec, List<PeerAddress> network, List<PeerAddress> known, int place) {
    PeerAddress self = network.get(place);
    PrivateKey key =
        self.role() == NodeRole.RANGER
            ? DevKeys.ranger(1)
            : DevKeys.ofValidator(self.identity()).orElseThrow();
    NodeBuilder builder =
        KlayNode.of(spec)
            .name(self.name())
            .role(self.role())
            .signer(key)
            .storage(Storage.directory(directory.resolve(self.name())))
            .peers(known);
    self.endpoint().ifPresent(builder::listen);
    return builder.start();
  }

  private static SignedTx transfer(PrivateKey from, long nonce) {
    return SignedTx.sign(
        new ValueTransferTx(
            new TxHead(nonce, Amount.ston(25), 21_000),
            FeeDelegation.NONE,
            from.address(),
            SPEC.validators().get(0),
            Amount.klay(1)),
        SPEC.chainId(),
        from);
  }

  @Test
  void fourNodesAndARangerMakeBlocksAndOneThatWasAwayCatchesUp()
      throws IOException, InterruptedException {
    List<PeerAddress> network = network();
    List<KlayNode> nodes = new ArrayList<>();
    try (PrivateKey faucet = DevKeys.faucet()) {
      for (int i = 0; i < network.size(); i++) {
        nodes.add(start(network, i));
      }
      ChainService ranger = nodes.get(4).service();
      SignedTx tx = transfer(faucet, 0);
      Receipt receipt =
          ranger
              .submit(tx)
              .thenCompose(ranger::awaitFinal)
              .orTimeout(60, TimeUnit.SECONDS)
              .exceptionally(
                  late -> {
                    throw new AssertionError(
                        nodes.stream().map(KlayNode::status).toList().toString(), late);
                  })
              .join();
      assertThat(receipt.fee()).isEqualTo(Amount.klay("0.000525"));
      assertThat(receipt.finality().verify(SPEC.validators())).isTrue();

      nodes.get(1).close();
      KlayNetwork.awaitHeight(ranger, receipt.blockNumber() + 8);
      nodes.set(1, start(network, 1));
      long height = nodes.get(0).head().number() + 10;
      for (KlayNode node : nodes) {
        KlayNetwork.awaitHeight(node.service(), height);
      }
      List<Hash> hashes = new ArrayList<>();
      for (KlayNode node : nodes) {
        hashes.add(node.service().block(BlockRef.number(height)).join().orElseThrow().hash());
        assertThat(node.evidence()).isEmpty();
      }
      assertThat(hashes.stream().distinct()).hasSize(1);

      KlayNode back = nodes.get(1);
      Await.until("it votes", () -> back.status().voting() == Voting.VOTES);
      assertThat(back.status().trouble()).isEmpty();
      assertThat(nodes.get(4).status().voting()).isEqualTo(Voting.FOLLOWS);
      assertThat(nodes.get(0).metrics().span(Metrics.Span.PROPOSAL_TO_FINAL).count()).isPositive();
      assertThat(nodes.get(0).metrics().span(Metrics.Span.LEDGER_SYNC).maxNanos()).isPositive();
      assertThat(nodes.get(0).metrics().gauge(Metrics.Gauge.HEIGHT)).isGreaterThanOrEqualTo(height);
    } finally {
      nodes.forEach(KlayNode::close);
    }
    assertThat(LeftThreads.named("klay-")).isEmpty();
  }

  @Test
  void whatARangerWithOneLinkIsGivenWaitsAtAllValidators() throws IOException {
    ChainSpec slow = SPEC.withBlockPeriod(Duration.ofSeconds(30)); // nothing gets into a block
    List<PeerAddress> network = network();
    List<KlayNode> nodes = new ArrayList<>();
    try (PrivateKey faucet = DevKeys.faucet()) {
      for (int i = 0; i < 4; i++) {
        nodes.add(start(slow, network, network, i));
      }
      KlayNode ranger = start(slow, network, List.of(network.get(2), network.get(4)), 4);
      nodes.add(ranger);
      KlayNetwork.awaitHeight(ranger.service(), 1);
      SignedTx tx = transfer(faucet, 0);
      ranger.service().submit(tx).join();
      for (KlayNode node : nodes) {
        Await.until(
            "it waits at " + node.status(),
            () -> node.service().waiting(faucet.address()).join().contains(tx));
      }
    } finally {
      nodes.forEach(KlayNode::close);
    }
  }

  @Test
  void aNodeThatCannotListenLeavesNothingOpen() throws IOException, InterruptedException {
    List<PeerAddress> network = network();
    Endpoint endpoint = network.get(0).endpoint().orElseThrow();
    try (ServerSocket taken = new ServerSocket(endpoint.port())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> start(network, 0))
          .isInstanceOf(TcpTransport.CannotListenException.class);
    }
    assertThat(LeftThreads.named("klay-")).isEmpty();
    try (KlayNode now = start(network, 0)) { // neither directory nor port is held
      assertThat(now.port()).isEqualTo(endpoint.port());
    }
  }
}
