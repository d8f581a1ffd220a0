package dev.klay.consensus.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.Await;
import dev.klay.consensus.KlayNetwork;
import dev.klay.consensus.KlayNode;
import dev.klay.consensus.LeftThreads;
import dev.klay.consensus.NodeBuilder;
import dev.klay.consensus.NodeRole;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.service.BlockRef;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promise P8: f hostile validators and 64 hostile rangers (fewer in a build) at full rate do not
 * keep honest nodes from making blocks, cost them little memory, and no honest peer its link.
 *
 * <p>{@code -Dklay.hostile.rangers=64 -Dklay.hostile.blocks=60} measures all of it.
 */
@Timeout(300)
class HostileNetworkTest {
  private static final int VALIDATORS = 4;
  private static final int HOSTILE_VALIDATORS = 1;
  private static final int HOSTILE_RANGERS = Integer.getInteger("klay.hostile.rangers", 18);
  private static final int BLOCKS = Integer.getInteger("klay.hostile.blocks", 8);
  private static final long MEMORY_MAX = 64L << 20;
  private static final int HONEST_RANGER = 1;
  private static final Set<String> ANSWERS =
      Set.of("RATE", "FLOODING", "MALFORMED", "UNASKED", "PENALTY", "WRONG_CHAIN", "BAN");
  private static final ChainSpec SPEC =
      ChainSpec.aspen()
          .withValidators(VALIDATORS)
          .withBlockPeriod(Duration.ofMillis(Long.getLong("klay.hostile.period", 250)));

  private final List<PeerAddress> peers = new ArrayList<>();
  private final List<KlayNode> nodes = new ArrayList<>();
  private final List<Attacker> attackers = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final AtomicLong sent = new AtomicLong();

  @Test
  void hostilePeersDelayHonestNodesLittle() throws Exception {
    try {
      startHonestNodes();
      startAttackers();
      Await.until(
          "the first blocks are there", () -> nodes.get(0).head().number() >= VALIDATORS + 2);
      boolean isQuiet = loadPerProcessor() < 1;
      long heapBefore = memory();
      double quiet = intervalMillis();

      begun.countDown();
      double hostile = intervalMillis();
      long grown = memory() - heapBefore;
      assertTransactionBecomesFinal();
      Map<String, Long> causes = causes();
      System.out.printf(
          "%d hostile validators, %d hostile rangers, %d frames: interval %.0f ms, before %.0f ms;"
              + " memory %+d KiB of %d nodes; dropped %s%n",
          HOSTILE_VALIDATORS,
          HOSTILE_RANGERS,
          sent.get(),
          hostile,
          quiet,
          grown >> 10,
          nodes.size(),
          causes);

      if (isQuiet) { // else it is the machine that is measured
        assertThat(hostile).isLessThan(2 * quiet + 500);
      }
      assertThat(grown).isLessThan(nodes.size() * MEMORY_MAX + 5L * SPEC.blockSizeMaxBytes());
      Await.until("every attack was answered", () -> causes().keySet().containsAll(ANSWERS));
      Await.until("no honest node is kept out", this::isHonestRangerLinked);
      assertNobodyStoppedOrForked();
    } finally {
      for (Attacker attacker : attackers) {
        attacker.end();
      }
      nodes.forEach(KlayNode::close);
    }
    assertThat(LeftThreads.named("klay-")).isEmpty();
  }

  private void startHonestNodes() throws IOException {
    for (Address validator : SPEC.validators()) {
      try (ServerSocket free = new ServerSocket(0)) {
        peers.add(
            new PeerAddress(
                SPEC.validatorName(validator).orElseThrow(),
                NodeRole.CONSENSUS,
                validator,
                Optional.of(new Endpoint("127.0.0.1", free.getLocalPort()))));
      }
    }
    for (int i = 0; i <= HOSTILE_RANGERS; i++) {
      try (PrivateKey key = DevKeys.ranger(HONEST_RANGER + i)) {
        peers.add(new PeerAddress("R" + i, NodeRole.RANGER, key.address(), Optional.empty()));
      }
    }
    for (int i = HOSTILE_VALIDATORS; i < VALIDATORS; i++) {
      PrivateKey key = DevKeys.ofValidator(peers.get(i).identity()).orElseThrow();
      nodes.add(builder(i, key).listen(peers.get(i).endpoint().orElseThrow()).start());
    }
    nodes.add(builder(VALIDATORS, DevKeys.ranger(HONEST_RANGER)).start());
    Await.until("the ranger is linked", this::isHonestRangerLinked);
  }

  private NodeBuilder builder(int place, PrivateKey key) {
    return KlayNode.of(SPEC)
        .name(peers.get(place).name())
        .role(peers.get(place).role())
        .signer(key)
        .signsFrom(1)
        .peers(peers);
  }

  private void startAttackers() {
    for (int i = 0; i < HOSTILE_RANGERS; i++) {
      attacker(Attacker.Kind.ofRanger(i), DevKeys.ranger(HONEST_RANGER + 1 + i), i);
    }
    for (int i = 0; i < HOSTILE_VALIDATORS; i++) {
      PrivateKey key = DevKeys.ofValidator(peers.get(i).identity()).orElseThrow();
      for (int victim = 0; victim < VALIDATORS - HOSTILE_VALIDATORS; victim++) {
        attacker(Attacker.Kind.VALIDATOR, key, victim);
      }
    }
  }

  private void attacker(Attacker.Kind kind, PrivateKey key, int victim) {
    KlayNode node = nodes.get(victim % (VALIDATORS - HOSTILE_VALIDATORS));
    attackers.add(
        new Attacker(kind, SPEC, key, node.port(), begun, () -> node.head().number(), sent));
  }

  /** Milliseconds for a block on average, seen by the honest ranger, over the next ones. */
  private double intervalMillis() {
    KlayNode ranger = nodes.get(nodes.size() - 1);
    long start = System.nanoTime();
    long first = ranger.head().number();
    KlayNetwork.awaitHeight(ranger.service(), first + BLOCKS);
    return (System.nanoTime() - start) / 1e6 / (ranger.head().number() - first);
  }

  private static double loadPerProcessor() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system.getSystemLoadAverage() / system.getAvailableProcessors();
  }

  private static long memory() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + Math.max(0, PlatformDependent.usedDirectMemory());
  }

  private boolean isHonestRangerLinked() {
    return nodes.get(nodes.size() - 1).status().peers() == VALIDATORS - HOSTILE_VALIDATORS;
  }

  private Map<String, Long> causes() {
    Map<String, Long> causes = new TreeMap<>();
    for (KlayNode node : nodes) {
      node.metrics().counts(Metrics.Event.DROP).forEach((c, n) -> causes.merge(c, n, Long::sum));
      node.metrics().counts(Metrics.Event.BAN).forEach((c, n) -> causes.merge("BAN", n, Long::sum));
    }
    return causes;
  }

  private void assertTransactionBecomesFinal() {
    try (PrivateKey faucet = DevKeys.faucet()) {
      SignedTx tx =
          SignedTx.sign(
              new ValueTransferTx(
                  new TxHead(0, Amount.ston(25), 21_000),
                  FeeDelegation.NONE,
                  faucet.address(),
                  SPEC.validators().get(0),
                  Amount.klay(1)),
              SPEC.chainId(),
              faucet);
      var service = nodes.get(nodes.size() - 1).service();
      assertThat(
              service
                  .submit(tx)
                  .thenCompose(service::awaitFinal)
                  .orTimeout(90, TimeUnit.SECONDS)
                  .join()
                  .finality()
                  .verify(SPEC.validators()))
          .isTrue();
    }
  }

  private void assertNobodyStoppedOrForked() {
    long height = nodes.get(0).head().number();
    List<Hash> hashes = new ArrayList<>();
    for (KlayNode node : nodes) {
      KlayNetwork.awaitHeight(node.service(), height);
      assertThat(node.status().trouble()).isEmpty();
      hashes.add(node.service().block(BlockRef.number(height)).join().orElseThrow().hash());
      assertThat(node.evidence()).allMatch(e -> e.culprit().equals(peers.get(0).identity()));
    }
    assertThat(hashes.stream().distinct()).hasSize(1);
  }
}
