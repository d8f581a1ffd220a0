package dev.klay.consensus;

import static dev.klay.consensus.DevAccounts.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.block.Block;
import dev.klay.core.call.Call;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.CheatsRefusedException;
import dev.klay.core.importing.InvalidBlock;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.Receipt;
import dev.klay.core.storage.ChainContent;
import dev.klay.core.storage.ForkableChainStore;
import dev.klay.core.storage.Storage;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Powers for development, on one validator and on four with a ranger. */
class CheatsTest {
  private static final Amount ONE = Amount.klay(1);

  private static KlayNetwork network(int validators) {
    return KlayNetwork.of(ChainSpec.development().withValidators(validators))
        .rangers(validators / 4)
        .cheats()
        .start();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void snapshotsAreRestoredAnyNumberOfTimesInAnyOrder(int validators) {
    try (KlayNetwork network = network(validators);
        DevAccounts accounts = new DevAccounts(network)) {
      Cheats cheats = network.cheats();
      List<Snapshot> snapshots = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        accounts.pay(somebody(1), ONE);
        snapshots.add(cheats.snapshot());
      }
      for (int i : new int[] {2, 0, 3, 3, 1, 0, 2}) {
        cheats.restore(snapshots.get(i));
        assertThat(accounts.height()).isEqualTo(i + 1);
        assertThat(accounts.balance(somebody(1))).isEqualTo(Amount.klay(i + 1));
        Receipt other = accounts.pay(somebody(2), ONE); // a future of its own each time
        assertThat(other.blockNumber()).isEqualTo(i + 2);
        assertThat(accounts.balance(somebody(2))).isEqualTo(ONE);
        assertThat(other.finality().verify(network.service().info().spec().validators())).isTrue();
      }
      network.awaitHeightEverywhere(accounts.height());
      assertThat(network.nodes()).allSatisfy(n -> assertThat(n.status().evidence()).isZero());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatWasWaitingAtTheSnapshotWaitsAgain(int validators) {
    try (KlayNetwork network = network(validators);
        DevAccounts accounts = new DevAccounts(network)) {
      Cheats cheats = network.cheats();
      cheats.automine(false);
      Hash waiting = accounts.submit(somebody(1), ONE);
      Snapshot snapshot = cheats.snapshot();
      cheats.mine();
      assertThat(accounts.balance(somebody(1))).isEqualTo(ONE);
      cheats.restore(snapshot);
      assertThat(accounts.balance(somebody(1))).isEqualTo(Amount.ZERO);
      assertThat(network.service().receipt(waiting).join()).isEmpty();
      cheats.mine();
      assertThat(network.service().receipt(waiting).join()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void goingBackWhileABlockIsMadeLeavesNothingOfIt(int validators) {
    try (KlayNetwork network = network(validators);
        DevAccounts accounts = new DevAccounts(network)) {
      Cheats cheats = network.cheats();
      Snapshot before = cheats.snapshot();
      for (int i = 0; i < 40; i++) {
        cheats.increaseTime(Duration.ofDays(365));
        accounts.submit(somebody(1), ONE); // by now it is in a block, or on its way into one
        cheats.reset(before);
        assertThat(network.clock().instant()).isBefore(before.time().plus(Duration.ofDays(1)));
        cheats.mine();
        BlockView made = network.service().block(BlockRef.LATEST).join().orElseThrow();
        assertThat(made.block().number()).isEqualTo(1);
        assertThat(made.block().transactions()).isEmpty();
        cheats.reset(before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aForkGoesItsOwnWay(int validators) {
    try (KlayNetwork network = network(validators);
        DevAccounts accounts = new DevAccounts(network)) {
      accounts.pay(somebody(1), ONE);
      network.cheats().setBalance(somebody(3), Amount.klay(3));
      ChainSpec spec = network.service().info().spec();
      Snapshot snapshot = network.cheats().snapshot();
      try (KlayNetwork fork = KlayNetwork.of(spec).rangers(0).startFrom(snapshot).start();
          DevAccounts onFork = new DevAccounts(fork)) {
        assertThat(onFork.balance(somebody(3))).isEqualTo(Amount.klay(3));
        onFork.pay(somebody(1), ONE);
        onFork.pay(somebody(1), ONE);
        assertThat(onFork.balance(somebody(1))).isEqualTo(Amount.klay(3));
        assertThat(accounts.balance(somebody(1))).isEqualTo(ONE);
        fork.cheats().reset();
        assertThat(onFork.height()).isEqualTo(1);
        assertThat(onFork.balance(somebody(3))).isEqualTo(Amount.klay(3));
      }
      accounts.pay(somebody(2), ONE);
      assertThat(accounts.height()).isEqualTo(2);
    }
  }

  @Test
  void aSnapshotOfAnotherChainIsRefused() {
    ChainSpec other = ChainSpec.development().withChainId(77);
    try (KlayNetwork network = network(1);
        KlayNetwork foreign = KlayNetwork.of(other).rangers(0).cheats().start()) {
      Snapshot snapshot = foreign.cheats().snapshot();
      assertThatThrownBy(() -> network.cheats().restore(snapshot))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("genesis");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void balancesNoncesCodeAndStorageAreWhatTheyAreSetTo(int validators) {
    try (KlayNetwork network = network(validators);
        DevAccounts accounts = new DevAccounts(network)) {
      Cheats cheats = network.cheats();
      Amount supply = network.service().supply().join();
      Address contract = somebody(9);
      cheats.setBalance(somebody(1), Amount.klay(77));
      cheats.setNonce(somebody(1), 5);
      cheats.setCode(contract, Bytes.fromHex("0x60015460005260206000f3")); // returns slot 1
      cheats.setStorageAt(contract, UInt256.ONE, UInt256.of(42));

      assertThat(accounts.balance(somebody(1))).isEqualTo(Amount.klay(77));
      assertThat(network.service().nonce(somebody(1), BlockRef.LATEST).join()).isEqualTo(5);
      assertThat(network.service().supply().join()).isEqualTo(supply.plus(Amount.klay(77)));
      assertThat(answerOf(network, contract)).isEqualTo(UInt256.of(42));

      Receipt next = accounts.pay(somebody(2), ONE); // the next block is built on all that
      network.awaitHeightEverywhere(next.blockNumber());
      assertThat(accounts.balance(somebody(1))).isEqualTo(Amount.klay(77));
      assertThat(answerOf(network, contract)).isEqualTo(UInt256.of(42));
      KlayNode node = network.node(0);
      assertThat(node.head().state().rootHash()).isEqualTo(node.head().header().stateRoot());
      Amount[] sum = {Amount.ZERO};
      node.head().state().forEach((key, account) -> sum[0] = sum[0].plus(account.balance()));
      assertThat(sum[0]).isEqualTo(node.head().supply());
      assertThatThrownBy(() -> cheats.setNonce(somebody(1), 4))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static UInt256 answerOf(KlayNetwork network, Address contract) {
    Bytes output =
        network.service().call(Call.to(contract).build(), BlockRef.LATEST).join().output();
    return UInt256.fromBytes(output.toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anAdjustmentKeepsWhatWaits(int validators) {
    try (KlayNetwork network = network(validators);
        DevAccounts accounts = new DevAccounts(network)) {
      network.cheats().automine(false);
      Hash waiting = accounts.submit(somebody(1), ONE);
      network.cheats().setBalance(somebody(2), ONE);
      network.cheats().automine(true);
      Receipt receipt = network.service().awaitFinal(waiting).join();
      assertThat(receipt.isSuccess()).isTrue();
    }
  }

  @Test
  void nodesThatHaveOnlyTheBlocksRefuseWhatWasBuiltOnAnAdjustedState() {
    try (KlayNetwork network = network(1);
        DevAccounts accounts = new DevAccounts(network)) {
      accounts.pay(somebody(1), ONE);
      network.cheats().setBalance(somebody(1), Amount.klay(5));
      accounts.pay(somebody(1), ONE);
      ChainSpec spec = network.service().info().spec();
      try (Chain replay = Chain.open(spec, Storage.inMemory())) {
        assertThat(replay.importBlock(block(network, 1))).isEmpty();
        assertThat(replay.importBlock(block(network, 2)))
            .hasValueSatisfying(
                fault -> {
                  assertThat(fault.reason()).isEqualTo(InvalidBlock.Reason.ADJUSTED_STATE);
                  assertThat(fault.detail()).contains("cheats").contains("snapshot");
                });
      }
    }
  }

  private static Block block(KlayNetwork network, long number) {
    return network.service().block(BlockRef.number(number)).join().orElseThrow().block();
  }

  @Test
  void withoutAutomineTransactionsWaitForABlockToBeMade() {
    try (KlayNetwork network = network(4);
        DevAccounts accounts = new DevAccounts(network)) {
      Cheats cheats = network.cheats();
      cheats.automine(false);
      Hash first = accounts.submit(somebody(1), ONE);
      Hash second = accounts.submit(somebody(1), ONE);
      assertThat(cheats.isAutomine()).isFalse();
      cheats.mine(3);
      assertThat(accounts.height()).isEqualTo(3);
      assertThat(network.service().receipt(first).join().orElseThrow().blockNumber()).isEqualTo(1);
      assertThat(network.service().receipt(second).join().orElseThrow().blockNumber()).isEqualTo(1);
      cheats.automine(true);
      assertThat(accounts.pay(somebody(1), ONE).blockNumber()).isEqualTo(4);
    }
  }

  @Test
  void switchingAutomineOnSealsWhatWaits() {
    try (KlayNetwork network = network(1);
        DevAccounts accounts = new DevAccounts(network)) {
      network.cheats().automine(false);
      Hash hash = accounts.submit(somebody(1), ONE);
      network.cheats().automine(true);
      assertThat(network.service().awaitFinal(hash).join().blockNumber()).isEqualTo(1);
    }
  }

  @Test
  void blocksAreMadeAtAnIntervalOfMilliseconds() throws InterruptedException {
    try (KlayNetwork network = network(1)) {
      network.cheats().automine(false);
      network.cheats().mineEvery(Duration.ofMillis(20));
      network.awaitHeight(5);
      network.cheats().mineEvery(Duration.ZERO);
      assertThat(network.cheats().interval()).isZero();
    }
    assertThat(LeftThreads.named("klay-mining")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void timeGoesForwardAsTold(int validators) {
    try (KlayNetwork network = network(validators);
        DevAccounts accounts = new DevAccounts(network)) {
      Instant before = network.clock().instant().truncatedTo(ChronoUnit.MILLIS); // as blocks
      network.clock().advance(Duration.ofDays(30));
      assertThat(time(network)).isBetween(before.plus(days(30)), before.plus(days(31)));

      Instant exactly = Instant.ofEpochSecond(time(network).getEpochSecond() + 1_000_000);
      network.cheats().setNextBlockTimestamp(exactly);
      accounts.pay(somebody(1), ONE);
      assertThat(time(network)).isEqualTo(exactly);
      accounts.pay(somebody(1), ONE);
      assertThat(time(network)).isBetween(exactly, exactly.plus(days(1)));
      assertThat(network.clock().instant()).isBetween(exactly, exactly.plus(days(1)));

      assertThatThrownBy(() -> network.clock().set(exactly.minusSeconds(10)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("earliest");
      assertThatThrownBy(() -> network.clock().advance(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void blocksAreMadeFarApart() {
    try (KlayNetwork network = network(1)) {
      network.cheats().mine(4, Duration.ofHours(1));
      List<BlockView> blocks = network.explorer().latestBlocks(4);
      for (int i = 0; i < 3; i++) {
        assertThat(Duration.between(blocks.get(i + 1).time(), blocks.get(i).time()))
            .isEqualTo(Duration.ofHours(1));
      }
      assertThat(network.clock().instant()).isAfterOrEqualTo(blocks.get(0).time());
    }
  }

  private static Duration days(int count) {
    return Duration.ofDays(count);
  }

  private static Instant time(KlayNetwork network) {
    return network.explorer().latestBlocks(1).get(0).time();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void transactionsOfImpersonatedAccountsNeedNoSignature(int validators) {
    try (KlayNetwork network = network(validators);
        DevAccounts accounts = new DevAccounts(network)) {
      Cheats cheats = network.cheats();
      Address whale = somebody(1);
      cheats.setBalance(whale, Amount.klay(100));
      assertThatThrownBy(() -> cheats.sign(whale, DevAccounts.unsigned(0, somebody(2), ONE)))
          .isInstanceOf(IllegalStateException.class);
      cheats.impersonate(whale);
      var tx = cheats.sign(whale, DevAccounts.unsigned(0, somebody(2), ONE));
      Receipt receipt =
          network.service().submit(tx).thenCompose(network.service()::awaitFinal).join();
      assertThat(receipt.from()).isEqualTo(whale);
      assertThat(accounts.balance(somebody(2))).isEqualTo(ONE);
      assertThat(cheats.stopImpersonating(whale)).isTrue();
      assertThat(cheats.isImpersonated(whale)).isFalse();
    }
  }

  @Test
  void otherChainsTakeNoTransactionThatNobodySigned() {
    try (KlayNetwork network = network(1);
        KlayNode plain = KlayNode.of(ChainSpec.development()).start()) {
      network.cheats().impersonate(somebody(1));
      var tx = network.cheats().sign(somebody(1), DevAccounts.unsigned(0, somebody(2), ONE));
      assertThatThrownBy(() -> plain.service().submit(tx).join())
          .hasMessageContaining("nobody signed");
      var decoded = SignedTx.decode(tx.encode());
      assertThatThrownBy(() -> network.service().submit(decoded).join())
          .hasMessageContaining("invalid transaction v, r, s values");
    }
  }

  @Test
  void aWaitingTransactionIsDropped() {
    try (KlayNetwork network = network(1);
        DevAccounts accounts = new DevAccounts(network)) {
      network.cheats().automine(false);
      Hash hash = accounts.submit(somebody(1), ONE);
      assertThat(network.cheats().dropTransaction(hash)).isTrue();
      assertThat(network.cheats().dropTransaction(hash)).isFalse();
      network.cheats().mine();
      assertThat(network.service().transaction(hash).join()).isEmpty();
    }
  }

  @Test
  void theRewardGoesWhereItIsTold() {
    try (KlayNetwork network = network(1)) {
      network.cheats().setCoinbase(somebody(7));
      network.cheats().mine();
      assertThat(network.service().balance(somebody(7), BlockRef.LATEST).join())
          .isEqualTo(Amount.klay("9.6"));
    }
  }

  @Test
  void resetForgetsEverything() {
    try (KlayNetwork network = network(4);
        DevAccounts accounts = new DevAccounts(network)) {
      Cheats cheats = network.cheats();
      cheats.automine(false);
      cheats.impersonate(somebody(1));
      cheats.setCoinbase(somebody(7));
      cheats.setBalance(somebody(1), ONE);
      cheats.mine(2);
      cheats.reset();
      assertThat(accounts.height()).isZero();
      assertThat(cheats.isAutomine()).isTrue();
      assertThat(cheats.isImpersonated(somebody(1))).isFalse();
      assertThat(accounts.balance(somebody(1))).isEqualTo(Amount.ZERO);
      accounts.pay(somebody(2), ONE);
      assertThat(accounts.balance(somebody(7))).isEqualTo(Amount.ZERO);
    }
  }

  @Test
  void aChainWithAPeriodKeepsItAndIsMinedByHandAllTheSame() {
    ChainSpec spec = ChainSpec.development().withBlockPeriod(Duration.ofHours(1));
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(0).cheats().start()) {
      network.cheats().mine(2);
      List<BlockView> blocks = network.explorer().latestBlocks(2);
      assertThat(Duration.between(blocks.get(1).time(), blocks.get(0).time()))
          .isEqualTo(Duration.ofHours(1));
      assertThatThrownBy(() -> network.cheats().automine(false))
          .isInstanceOf(CheatsRefusedException.class)
          .hasMessageContaining("block period of 0");
    }
  }

  @Test
  void subscribersSeeWhatComesInsteadOfWhatTheySaw() {
    try (KlayNetwork network = network(1);
        DevAccounts accounts = new DevAccounts(network)) {
      Snapshot start = network.cheats().snapshot();
      SeenBlocks seen = new SeenBlocks();
      network.service().blocks(1).subscribe(seen);
      accounts.pay(somebody(1), ONE);
      accounts.pay(somebody(1), ONE);
      seen.await(2);
      network.cheats().restore(start);
      accounts.pay(somebody(2), ONE);
      assertThat(seen.await(3)).containsExactly(1L, 2L, 1L);
    }
  }

  @Tag("S40")
  @Test
  void noMainChainAndNoChainStartedWithoutHasCheats() {
    ChainSpec dev = ChainSpec.development();
    ChainSpec main =
        new ChainSpec(
            "main",
            NetworkKind.MAIN,
            dev.genesis(),
            dev.sealRule(),
            dev.proposerPolicy(),
            0,
            0,
            500,
            dev.blockSizeMaxBytes(),
            dev.blockGasMax(),
            Optional.empty());
    assertThatThrownBy(() -> KlayNetwork.of(main).cheats().start())
        .isInstanceOf(CheatsRefusedException.class)
        .hasMessageContaining("MAIN");
    try (var chain = new Chain(main, new ForkableChainStore(ChainContent.empty()))) {
      assertThatThrownBy(chain::allowCheats)
          .isInstanceOf(CheatsRefusedException.class)
          .hasMessageContaining("MAIN");
    }
    try (KlayNetwork plain = KlayNetwork.of(dev).rangers(0).start()) {
      assertThatThrownBy(plain::cheats)
          .isInstanceOf(CheatsRefusedException.class)
          .hasMessageContaining("cheats()");
      assertThatThrownBy(plain::clock).isInstanceOf(CheatsRefusedException.class);
    }
    try (KlayNetwork cheating = network(1);
        PrivateKey key = DevKeys.ranger(5)) {
      NodeBuilder late = KlayNode.of(dev).role(NodeRole.RANGER).signer(key);
      assertThatThrownBy(() -> cheating.join(late)).isInstanceOf(CheatsRefusedException.class);
    }
  }
}
