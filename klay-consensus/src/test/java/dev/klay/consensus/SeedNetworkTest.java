package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.transport.InMemoryHub;
import dev.klay.consensus.transport.Transport;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import dev.klay.crypto.proof.FinalityProof;
import dev.klay.crypto.proof.TrustedCouncil;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows of SEED.md about nodes and their roles that nothing else shows. */
@Timeout(240)
class SeedNetworkTest {
  private static ChainSpec spec(int validators, Duration period) {
    return ChainSpec.aspen().withValidators(validators).withBlockPeriod(period);
  }

  /** S5: also where a validator is away, so that rounds change, and where there is work. */
  @Tag("S5")
  @Test
  void aRangerSendsNoProposalAndNoVote() {
    ChainSpec spec = spec(4, Duration.ofMillis(50));
    Queue<Message> votes = new ConcurrentLinkedQueue<>();
    Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(1).start();
        PrivateKey key = DevKeys.ranger(9);
        PrivateKey faucet = DevKeys.faucet();
        KlayNode ranger =
            network.join(
                KlayNode.of(spec)
                    .role(NodeRole.RANGER)
                    .signer(key)
                    .tap(
                        (to, frame) -> {
                          frames.add(frame);
                          if (frame instanceof Frame.Vote vote) {
                            votes.add(vote.message());
                          }
                        }))) {
      ChainService service = ranger.service();
      service.submit(transfer(spec, faucet, 0)).thenCompose(service::awaitFinal).join();
      network.faults().stop(1);
      KlayNetwork.awaitHeight(service, ranger.head().number() + 10);
      assertThat(frames).isNotEmpty();
      assertThat(votes).isEmpty();
      assertThat(ranger.status().voting()).isEqualTo(Voting.FOLLOWS);
    }
  }

  /** S5: the signature is good and the block is the right one, only its author has no vote. */
  @Tag("S5")
  @Test
  void aVoteSignedByARangersKeyIsRejectedAndCountedByEveryConsensusNode() {
    ChainSpec spec = spec(4, Duration.ofSeconds(1));
    List<KlayNode> nodes = new ArrayList<>();
    List<PrivateKey> keys = new ArrayList<>();
    try (InMemoryHub hub = new InMemoryHub();
        PrivateKey rangerKey = DevKeys.ranger(9);
        Transport ranger = hub.connect()) {
      for (Address validator : spec.validators()) {
        PrivateKey key = DevKeys.ofValidator(validator).orElseThrow();
        keys.add(key);
        nodes.add(KlayNode.of(spec).transport(hub.connect()).signer(key).signsFrom(1).start());
      }
      ranger.start(rangerKey.address(), NodeRole.RANGER, new Deaf());
      KlayNetwork.awaitHeight(nodes.get(0).service(), 1);
      for (KlayNode node : nodes) {
        Await.until(
            node.name() + " counts the forged votes",
            () -> {
              forge(node, rangerKey).forEach(vote -> ranger.send(node.address(), vote));
              return strangers(node) >= 2;
            });
      }
      long height = nodes.get(0).head().number() + 2;
      for (KlayNode node : nodes) {
        KlayNetwork.awaitHeight(node.service(), height);
        assertThat(node.evidence()).isEmpty();
        assertThat(node.explorer().block(height).orElseThrow().finality().signers())
            .doesNotContain(rangerKey.address());
      }
    } finally {
      nodes.forEach(KlayNode::close);
      keys.forEach(PrivateKey::close);
    }
  }

  private static long strangers(KlayNode node) {
    return node.metrics().counts(Metrics.Event.DROP).getOrDefault("NO_VALIDATOR", 0L);
  }

  private static List<Frame> forge(KlayNode node, PrivateKey key) {
    long height = node.head().number() + 1;
    Hash block = node.head().hash();
    Hash genesis = node.service().info().genesisHash();
    Hash prepare = ConsensusDigest.ofBlock(ConsensusDigest.PREPARE, genesis, height, 0, block);
    Hash commit = ConsensusDigest.ofBlock(ConsensusDigest.COMMIT, genesis, height, 0, block);
    return List.of(
        new Frame.Vote(new Prepare(height, 0, block, key.address(), key.sign(prepare).encode())),
        new Frame.Vote(new Commit(height, 0, block, key.address(), key.sign(commit).encode())));
  }

  /** A peer that only sends. */
  private static final class Deaf implements Transport.Receiver {
    @Override
    public void peerUp(Address peer, NodeRole role) {}

    @Override
    public void peerDown(Address peer) {}

    @Override
    public void received(Address from, Frame frame) {}
  }

  /** S7. */
  @Tag("S7")
  @Test
  void aTransactionHandedToARangerIsFinalOnAllConsensusNodesWithinTwoBlocksWithAProof() {
    ChainSpec spec = spec(4, Duration.ofSeconds(1));
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(2).start();
        PrivateKey faucet = DevKeys.faucet()) {
      network.awaitHeightEverywhere(1);
      KlayNode ranger = network.rangers().get(1);
      long before = network.node(0).head().number();
      ChainService service = ranger.service();
      SignedTx tx = transfer(spec, faucet, 0);
      Receipt receipt = service.submit(tx).thenCompose(service::awaitFinal).join();

      assertThat(receipt.blockNumber()).isLessThanOrEqualTo(before + 2);
      network.awaitHeightEverywhere(receipt.blockNumber());
      for (KlayNode node : network.nodes()) {
        assertThat(node.service().receipt(tx.hash()).join().orElseThrow().blockHash())
            .isEqualTo(receipt.blockHash());
      }
      FinalityProof proof = receipt.finality().proof().orElseThrow();
      assertThat(proof.blockHash()).isEqualTo(receipt.blockHash());
      TrustedCouncil genesis =
          TrustedCouncil.ofGenesis(spec.validators(), spec.genesis().parameters().epoch());
      assertThat(proof.findFault(genesis)).isEmpty();
      assertThat(receipt.finality().verify(DevKeys.validatorAddresses(13))).isFalse();
    }
  }

  /** S8. */
  @Tag("S8")
  @Test
  void everyFinalHeaderNamesItsProposerAndTheNodesThatSignedIt() {
    ChainSpec spec = spec(13, Duration.ofMillis(50));
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(1).start()) {
      network.awaitHeight(30);
      network.faults().isolate(4); // Node05 signs nothing from here on
      network.awaitHeight(45);
      long height = network.service().height().join();
      Map<String, Long> proposed = new HashMap<>();
      for (long n = 1; n <= height; n++) {
        BlockView block = network.explorer().block(n).orElseThrow();
        proposed.merge(block.proposer(), 1L, Long::sum);
        assertThat(spec.validatorName(block.author())).contains(block.proposer());
        assertThat(block.finality().signers())
            .isSubsetOf(spec.validators())
            .hasSizeGreaterThanOrEqualTo(9)
            .isSorted();
      }
      BlockView last = network.explorer().block(height).orElseThrow();
      assertThat(last.finality().signers()).doesNotContain(spec.validators().get(4));
      assertThat(last.finality().signers())
          .hasSameSizeAs(last.block().header().extraData().committedSeals());
      for (int i = 0; i < 13; i++) {
        String name = ChainSpec.nodeName(i);
        assertThat(countUpTo(network, name, height)).isEqualTo(proposed.getOrDefault(name, 0L));
      }
      assertThat(network.explorer().validator("Node07").orElseThrow().proposed())
          .isGreaterThanOrEqualTo(proposed.get("Node07"));
    }
  }

  /** What the explorer counts, without the blocks that came meanwhile. */
  private static long countUpTo(KlayNetwork network, String name, long height) {
    while (true) {
      long before = network.service().height().join();
      long counted = network.explorer().validator(name).orElseThrow().proposed();
      long after = network.service().height().join();
      if (before == after) {
        for (long n = height + 1; n <= after; n++) {
          counted -= network.explorer().block(n).orElseThrow().proposer().equals(name) ? 1 : 0;
        }
        return counted;
      }
    }
  }

  /** S10; sixty seconds of it with {@code -Dklay.seed=full}. */
  @Tag("S10")
  @Test
  void thirteenNodesMakeABlockASecondEachExactlyOneSecondBehindTheOther() {
    int seconds = SeedLoadTest.isFull() ? 60 : 3;
    try (KlayNetwork aspen = KlayNetwork.start(ChainSpec.aspen())) {
      aspen.awaitHeightEverywhere(1);
      long first = aspen.service().height().join();
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      KlayNetwork.awaitHeight(aspen.service(), first + seconds - 1);
      Await.until("the time is over", () -> System.nanoTime() >= end);
      long made = aspen.service().height().join() - first;
      System.out.printf("S10: %d blocks in %d s%n", made, seconds);
      assertThat(made).isBetween(seconds - 1L, seconds + 1L);
      List<BlockView> blocks = aspen.explorer().blocksDownFrom(first + made, (int) made);
      for (int i = 0; i + 1 < blocks.size(); i++) {
        assertThat(Duration.between(blocks.get(i + 1).time(), blocks.get(i).time()))
            .isEqualTo(Duration.ofSeconds(1));
      }
    }
  }

  static SignedTx transfer(ChainSpec spec, PrivateKey from, long nonce) {
    return SignedTx.sign(
        new ValueTransferTx(
            new TxHead(nonce, Amount.ston(25), 21_000),
            FeeDelegation.NONE,
            from.address(),
            spec.validators().get(0),
            Amount.klay(1)),
        spec.chainId(),
        from);
  }
}
