package dev.klay.examples.benchmarks;

import dev.klay.consensus.KlayNetwork;
import dev.klay.consensus.KlayNode;
import dev.klay.consensus.NodeRole;
import dev.klay.consensus.metrics.Histogram;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.transport.tcp.Endpoint;
import dev.klay.consensus.transport.tcp.PeerAddress;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.crypto.primitive.Address;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What faults cost and how fast nodes agree: one dead validator of 13, the first block after a
 * quorum returns, finality over TLS on loopback, a fresh ranger that syncs.
 *
 * <p>Arguments: blocks to measure over (60), seconds of outage (10).
 */
final class Consensus {
  private Consensus() {}

  public static void main(String[] args) throws IOException {
    int blocks = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    int outage = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    deadValidator(blocks);
    outage(outage);
    finality(blocks);
    sync();
  }

  private static double secondsFor(KlayNetwork network, int blocks) {
    long from = network.service().height().join();
    long start = System.nanoTime();
    network.awaitHeight(from + blocks);
    return (System.nanoTime() - start) / 1e9;
  }

  /** The first heights after a death cost more: its absence is known only after two turns each. */
  private static void deadValidator(int blocks) {
    try (KlayNetwork network = KlayNetwork.of(ChainSpec.aspen()).rangers(1).start()) {
      network.awaitHeight(2);
      double whole = secondsFor(network, blocks);
      network.faults().stop(5);
      network.awaitHeight(network.service().height().join() + 28);
      double one = secondsFor(network, blocks);
      System.out.printf(
          "13 validators, %d blocks: all %.2f s, one dead %.2f s: %.1f %% of block rate lost%n",
          blocks, whole, one, 100 * (1 - whole / one));
    }
  }

  private static void outage(int seconds) {
    ChainSpec spec = ChainSpec.aspen().withValidators(4);
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(0).start()) {
      network.awaitHeight(3);
      network.faults().partition(Set.of(0, 1), Set.of(2, 3));
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      while (System.nanoTime() - end < 0) {
        LockSupport.parkNanos(10_000_000);
      }
      long height = network.nodes().stream().mapToLong(n -> n.head().number()).max().orElseThrow();
      long start = System.nanoTime();
      network.faults().heal();
      network.awaitHeight(height + 1);
      System.out.printf(
          "4 validators, %d s without a quorum: first block %.2f s after it returned%n",
          seconds, (System.nanoTime() - start) / 1e9);
    }
  }

  private static void finality(int blocks) throws IOException {
    ChainSpec spec = ChainSpec.aspen().withValidators(4);
    List<PeerAddress> peers = peers(spec);
    List<KlayNode> nodes = new ArrayList<>();
    try {
      for (PeerAddress peer : peers) {
        nodes.add(
            KlayNode.of(spec)
                .signer(DevKeys.ofValidator(peer.identity()).orElseThrow())
                .listen(peer.endpoint().orElseThrow())
                .peers(peers)
                .start());
      }
      KlayNetwork.awaitHeight(nodes.get(0).service(), blocks);
      for (KlayNode node : nodes) {
        Histogram times = node.metrics().span(Metrics.Span.PROPOSAL_TO_FINAL);
        System.out.printf(
            "4 validators, TLS on loopback, %s: proposal to final p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                + " over %d blocks%n",
            node.name(),
            times.quantileNanos(0.5) / 1e6,
            times.quantileNanos(0.99) / 1e6,
            times.maxNanos() / 1e6,
            times.count());
      }
    } finally {
      nodes.forEach(KlayNode::close);
    }
  }

  private static List<PeerAddress> peers(ChainSpec spec) throws IOException {
    List<PeerAddress> peers = new ArrayList<>();
    for (Address validator : spec.validators()) {
      try (ServerSocket socket = new ServerSocket(0)) {
        peers.add(
            new PeerAddress(
                spec.validatorName(validator).orElseThrow(),
                NodeRole.CONSENSUS,
                validator,
                Optional.of(new Endpoint("127.0.0.1", socket.getLocalPort()))));
      }
    }
    return peers;
  }

  private static void sync() throws IOException {
    ChainSpec spec = ChainSpec.aspen().withValidators(1).withBlockPeriod(Duration.ofMillis(10));
    PeerAddress validator = peers(spec).get(0);
    PeerAddress ranger =
        new PeerAddress("Ranger01", NodeRole.RANGER, DevKeys.ranger(1).address(), Optional.empty());
    List<PeerAddress> peers = List.of(validator, ranger);
    try (KlayNode source =
        KlayNode.of(spec)
            .signer(DevKeys.ofValidator(validator.identity()).orElseThrow())
            .signsFrom(1)
            .listen(validator.endpoint().orElseThrow())
            .peers(peers)
            .start()) {
      KlayNetwork.awaitHeight(source.service(), 1500);
      long height = source.head().number();
      long start = System.nanoTime();
      try (KlayNode fresh =
          KlayNode.of(spec).role(NodeRole.RANGER).signer(DevKeys.ranger(1)).peers(peers).start()) {
        KlayNetwork.awaitHeight(fresh.service(), height);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "a fresh ranger over TLS: %d empty blocks in %.2f s, %.0f blocks/s%n",
            height, seconds, height / seconds);
      }
    }
  }
}
