package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.storage.ForeignStoreException;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.Storage;
import dev.klay.core.storage.StorageFailedException;
import dev.klay.core.storage.StoreCheck;
import dev.klay.core.storage.disk.DiskChainStore;
import dev.klay.core.storage.disk.SimulatedFiles;
import dev.klay.core.storage.disk.StoreLimits;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A chain on disk against the same chain in memory, through restarts and crashes. */
class DurableChainTest {
  private static final PrivateKey ALICE = TestChain.key(1);
  private static final ChainSpec SPEC =
      ChainSpec.aspen().withValidators(1).withAccounts(List.of(ALICE.address()), Amount.klay(1000));
  private static final StoreLimits TIGHT = new StoreLimits(20_000, 4_000, 3);

  /** Storage in files that outlive the store. */
  private static Storage on(SimulatedFiles files) {
    return chain -> DiskChainStore.open(files, chain, Retention.blocks(5), TIGHT);
  }

  @Property(tries = 15)
  void blocksOfTransfersGiveTheSameChainOnDiskAndInMemory(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 6) Integer> transfers,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TestChain memory = new TestChain(SPEC);
    SimulatedFiles files = new SimulatedFiles();
    Chain disk = Chain.open(SPEC, on(files));
    long nonce = 0;
    for (int count : transfers) {
      List<SignedTx> txs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Address to = TestChain.key(random.nextInt(2, 60)).address();
        txs.add(memory.transfer(ALICE, nonce++, to, Amount.ston(random.nextInt(1, 1000))));
      }
      Block block = memory.grow(txs.toArray(SignedTx[]::new));
      assertThat(disk.importBlock(block)).isEmpty();
      switch (random.nextInt(4)) {
        case 0 -> {
          disk.close();
          disk = Chain.open(SPEC, on(files));
        }
        case 1 -> {
          files = files.afterCrash(random);
          disk = Chain.open(SPEC, on(files));
        }
        default -> {}
      }
      assertSameHead(disk, memory.chain);
    }
    for (SignedTx tx : memory.chain.head().block().transactions()) {
      assertThat(disk.store().transaction(tx.hash()))
          .isEqualTo(memory.chain.store().transaction(tx.hash()));
    }
    for (long i = 0; i <= memory.chain.head().number(); i++) {
      assertThat(disk.store().block(i)).isEqualTo(memory.chain.store().block(i));
    }
  }

  private static void assertSameHead(Chain found, Chain expected) {
    assertThat(found.head().hash()).isEqualTo(expected.head().hash());
    assertThat(found.head().supply()).isEqualTo(expected.head().supply());
    assertThat(found.head().governance().validators())
        .isEqualTo(expected.head().governance().validators());
    StoreCheck.state(found.head().state(), expected.head().state());
  }

  @Test
  void aRestartedChainBuildsTheNextBlock() {
    SimulatedFiles files = new SimulatedFiles();
    TestChain first = new TestChain(Chain.open(SPEC, on(files)));
    first.grow(first.transfer(ALICE, 0, TestChain.key(2).address(), Amount.klay(1)));
    first.chain.close();

    TestChain second = new TestChain(Chain.open(SPEC, on(files)));
    second.grow(second.transfer(ALICE, 1, TestChain.key(2).address(), Amount.klay(2)));
    assertThat(second.chain.head().number()).isEqualTo(2);
    assertThat(second.chain.head().state().balance(TestChain.key(2).address()))
        .isEqualTo(Amount.klay(3));
  }

  @Test
  void aBlockThatTheDiskRefusesLeavesTheHead() {
    SimulatedFiles files = new SimulatedFiles();
    TestChain test = new TestChain(Chain.open(SPEC, on(files)));
    test.grow();
    ChainHead before = test.chain.head();
    Block block = test.next();
    files.failNextSync();
    assertThatThrownBy(() -> test.chain.importBlock(block))
        .isInstanceOf(StorageFailedException.class);
    assertThat(test.chain.head()).isSameAs(before);
    test.chain.close();
    Chain again = Chain.open(SPEC, on(files.afterCrash(new SplittableRandom(4))));
    assertThat(again.importBlock(block)).isEmpty();
  }

  @Test
  void aStoreOfAnotherChainIsRefusedAndLeftAlone() {
    SimulatedFiles files = new SimulatedFiles();
    Chain.open(SPEC, on(files)).close();
    for (ChainSpec other : List.of(SPEC.withChainId(77), SPEC.withValidators(2))) {
      assertThatThrownBy(() -> Chain.open(other, on(files)))
          .isInstanceOf(ForeignStoreException.class);
    }
    Chain.open(SPEC, on(files)).close();
  }
}
