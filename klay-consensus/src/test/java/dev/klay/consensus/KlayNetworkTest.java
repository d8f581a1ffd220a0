package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.block.Header;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.explorer.Window;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KlayNetworkTest {
  private static final Duration FAST = Duration.ofMillis(50);

  private static ChainSpec fast(int validators) {
    return ChainSpec.aspen().withValidators(validators).withBlockPeriod(FAST);
  }

  @Tag("S9")
  @Test
  void aspenHasThirteenNodesThatTakeTurnsInTheOrderOfTheirNames() {
    try (KlayNetwork aspen = KlayNetwork.start(ChainSpec.aspen().withBlockPeriod(FAST))) {
      aspen.awaitHeightEverywhere(26);
      List<String> proposers =
          aspen.explorer().blocksDownFrom(26, 26).stream().map(BlockView::proposer).toList();
      List<String> expected = new ArrayList<>();
      for (int i = 25; i >= 0; i--) {
        expected.add(ChainSpec.nodeName(i % 13));
      }
      assertThat(proposers).isEqualTo(expected);
      assertThat(aspen.nodes()).hasSize(13);
      assertThat(aspen.node(0).name()).isEqualTo("Node01");
      BlockView block = aspen.explorer().block(20).orElseThrow();
      assertThat(block.finality().verify(aspen.service().info().spec().validators())).isTrue();
      assertThat(block.finality().verify(DevKeys.validatorAddresses(22))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 22})
  void anyNumberOfValidatorsMakesBlocks(int validators) {
    try (KlayNetwork network = KlayNetwork.of(fast(validators)).rangers(1).start()) {
      network.awaitHeightEverywhere(5);
      assertThat(heads(network).map(n -> n.head().governance().validators().size()).distinct())
          .containsExactly(validators);
      assertThat(network.nodes()).allSatisfy(n -> assertThat(n.status().evidence()).isZero());
    }
  }

  private static Stream<KlayNode> heads(KlayNetwork network) {
    return Stream.concat(network.nodes().stream(), network.rangers().stream());
  }

  @Test
  void aTransferHandedToARangerIsFinalOnAllNodes() {
    try (PrivateKey faucet = DevKeys.faucet();
        KlayNetwork network = KlayNetwork.of(fast(4)).rangers(2).start()) {
      ChainService ranger = network.rangers().get(1).service();
      SignedTx tx = transfer(faucet, 0, 1);
      Receipt receipt = ranger.submit(tx).thenCompose(ranger::awaitFinal).join();

      assertThat(receipt.isSuccess()).isTrue();
      assertThat(receipt.fee()).isEqualTo(Amount.klay("0.000525"));
      assertThat(receipt.finality().verify(network.service().info().spec().validators())).isTrue();
      network.awaitHeightEverywhere(receipt.blockNumber());
      heads(network)
          .forEach(
              node -> {
                assertThat(node.service().receipt(tx.hash()).join()).isPresent();
                assertThat(node.service().balance(recipient(1), BlockRef.LATEST).join())
                    .isEqualTo(Amount.klay(1));
              });
    }
  }

  @Test
  void anEmptyChainOnDemandMakesNoBlocksAndATransferMakesOne() {
    try (PrivateKey faucet = DevKeys.faucet();
        KlayNode node = KlayNode.of(ChainSpec.development()).start()) {
      ChainService chain = node.service();
      for (int i = 0; i < 5; i++) {
        Receipt receipt =
            chain.submit(transfer(faucet, i, 1)).thenCompose(chain::awaitFinal).join();
        assertThat(receipt.blockNumber()).isEqualTo(i + 1);
      }
      assertThat(chain.height().join()).isEqualTo(5);
    }
  }

  @Test
  void aClosedValidatorDelaysItsBlocksOnly() {
    try (KlayNetwork network = KlayNetwork.of(fast(4)).rangers(1).start()) {
      network.awaitHeight(3);
      network.node(1).close();
      network.awaitHeight(12);
      List<BlockView> blocks = network.explorer().latestBlocks(6);
      assertThat(blocks.stream().map(BlockView::proposer)).doesNotContain("Node02");
    }
  }

  @Test
  void aLateRangerCatchesUp() {
    ChainSpec spec = fast(4);
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(0).start()) {
      network.awaitHeight(10);
      try (PrivateKey key = DevKeys.ranger(7);
          KlayNode late = network.join(KlayNode.of(spec).role(NodeRole.RANGER).signer(key))) {
        long height = network.node(0).head().number();
        KlayNetwork.awaitHeight(late.service(), height);
        assertThat(late.service().block(BlockRef.number(height)).join().orElseThrow().hash())
            .isEqualTo(
                network.service().block(BlockRef.number(height)).join().orElseThrow().hash());
      }
    }
  }

  /** Many senders through all doors: every node ends with the same state, and no peb is lost. */
  @Tag("S18")
  @Test
  void twentyThousandTransfersEndInTheSameStateEverywhere() {
    int senders = 200;
    int each = 100;
    List<PrivateKey> keys = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      keys.add(
          PrivateKey.of(
              Keccak256.hash(("sender " + i).getBytes(StandardCharsets.UTF_8)).toArray()));
    }
    ChainSpec spec =
        ChainSpec.aspen()
            .withBlockPeriod(Duration.ofMillis(200))
            .withAccounts(keys.stream().map(PrivateKey::address).toList(), Amount.klay(1000));
    List<SignedTx> txs =
        IntStream.range(0, senders * each)
            .parallel()
            .mapToObj(i -> transfer(keys.get(i % senders), i / senders, i))
            .toList();
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(2).start()) {
      List<KlayNode> doors = heads(network).toList();
      for (int i = 0; i < txs.size(); i++) {
        // all of a sender through one door, so that its nonces arrive in order
        doors.get(i % senders % doors.size()).service().submit(txs.get(i)).join();
      }
      ChainService reads = network.service();
      txs.subList(txs.size() - senders, txs.size())
          .forEach(tx -> reads.awaitFinal(tx.hash()).join());
      network.awaitHeightEverywhere(reads.height().join());
      long height = heads(network).mapToLong(n -> n.head().number()).min().orElseThrow();

      assertThat(heads(network).map(n -> headerAt(n, height)).distinct()).hasSize(1);
      long executed = 0;
      for (long n = 1; n <= height; n++) {
        executed += network.explorer().block(n).orElseThrow().transactionCount();
      }
      assertThat(executed).isEqualTo((long) senders * each);
      assertThat(network.explorer().tps(Window.minutes(10))).isPositive();
      Amount[] sum = {Amount.ZERO};
      var head = network.rangers().get(0).head();
      head.state().forEach((k, account) -> sum[0] = sum[0].plus(account.balance()));
      assertThat(sum[0]).isEqualTo(head.supply());
      keys.forEach(
          key -> assertThat(reads.nonce(key.address(), BlockRef.LATEST).join()).isEqualTo(each));
    }
    keys.forEach(PrivateKey::close);
  }

  private static Header headerAt(KlayNode node, long height) {
    var header =
        node.service().block(BlockRef.number(height)).join().orElseThrow().block().header();
    return header.withExtra(header.extraData().forBlockHash(SealRule.KLAY_QBFT));
  }

  @Test
  void closingLeavesNoThreadBehind() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      try (KlayNetwork network = KlayNetwork.of(fast(1 + i % 4)).rangers(i % 2).start()) {
        network.awaitHeight(1);
      }
    }
    assertThat(LeftThreads.named("klay-")).isEmpty();
  }

  private static Address recipient(int number) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[0] = 0x55;
    bytes[18] = (byte) (number >> 8);
    bytes[19] = (byte) number;
    return Address.of(bytes);
  }

  private static SignedTx transfer(PrivateKey from, long nonce, int to) {
    return SignedTx.sign(
        new ValueTransferTx(
            new TxHead(nonce, Amount.ston(25), 21_000),
            FeeDelegation.NONE,
            from.address(),
            recipient(to),
            Amount.klay(1)),
        ChainSpec.ASPEN_CHAIN_ID,
        from);
  }
}
