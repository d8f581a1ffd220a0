package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.importing.CorruptBlockFileException.Reason;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockFileTest {
  private static final int BLOCKS = 70;
  private static final PrivateKey ALICE = TestChain.key(1);
  private static final Address BOB = TestChain.key(2).address();
  private static final ChainSpec SPEC =
      ChainSpec.aspen().withValidators(1).withAccounts(List.of(ALICE.address()), Amount.klay(1000));

  private final TestChain source = new TestChain(SPEC);
  private final TestChain target = new TestChain(SPEC);
  private byte[] file = {};

  @BeforeEach
  void exportAChain() {
    for (int i = 0; i < BLOCKS; i++) {
      source.grow(source.transfer(ALICE, i, BOB, Amount.klay(1)));
    }
    file = export(source.chain, 1, BLOCKS);
  }

  private static byte[] export(Chain chain, long first, long last) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Long> told = new ArrayList<>();
    try (BlockFileWriter writer = new BlockFileWriter(bytes)) {
      writer.write(chain.store(), first, last, told::add);
    }
    assertThat(told).hasSize((int) (last - first + 1));
    return bytes.toByteArray();
  }

  private static BlockFileReader reader(byte[] bytes) {
    return new BlockFileReader(new ByteArrayInputStream(bytes), SealRule.KLAY_QBFT);
  }

  private BlockFileImport.Progress importFile(byte[] bytes) {
    try (BlockFileReader reader = reader(bytes)) {
      return new BlockFileImport(target.chain, progress -> {}).run(reader);
    }
  }

  @Test
  void aFileHoldsTheBlocksOneAfterTheOther() {
    try (BlockFileReader reader = reader(file)) {
      for (long number = 1; number <= BLOCKS; number++) {
        Block block = reader.next().orElseThrow();
        assertThat(block.encode())
            .isEqualTo(source.chain.store().block(number).orElseThrow().block().encode());
      }
      assertThat(reader.next()).isEmpty();
      assertThat(reader.position()).isEqualTo(file.length);
    }
  }

  @Test
  void anImportGivesTheSameChainAndShowsHowFarItIs() {
    List<Long> numbers = new ArrayList<>();
    try (BlockFileReader reader = reader(file)) {
      BlockFileImport.Progress done =
          new BlockFileImport(target.chain, p -> numbers.add(p.number())).run(reader);
      assertThat(done)
          .isEqualTo(
              new BlockFileImport.Progress(
                  0, BLOCKS, BLOCKS, BLOCKS * 21_000L, file.length, BLOCKS));
    }
    assertThat(numbers).hasSize(BLOCKS).isSorted();
    assertThat(target.chain.head().hash()).isEqualTo(source.chain.head().hash());
    assertThat(target.chain.head().state().rootHash())
        .isEqualTo(source.chain.head().state().rootHash());
  }

  @Test
  void anImportGoesOnWhereItWasBrokenOff() {
    importFile(export(source.chain, 0, 30));
    assertThat(target.chain.head().number()).isEqualTo(30);
    BlockFileImport.Progress done = importFile(file);
    assertThat(done.skipped()).isEqualTo(30);
    assertThat(done.imported()).isEqualTo(BLOCKS - 30);
    assertThat(importFile(file).imported()).isZero();
  }

  @Test
  void aTruncatedFileIsImportedUpToItsLastWholeBlock() {
    byte[] cut = Arrays.copyOf(file, file.length - 10);
    assertCorrupt(Reason.TRUNCATED, () -> importFile(cut));
    assertThat(target.chain.head().number()).isEqualTo(BLOCKS - 1);
    assertThat(importFile(file).imported()).isEqualTo(1);
    assertCorrupt(Reason.TRUNCATED, () -> importFile(Arrays.copyOf(file, 2)));
  }

  @Test
  void whatIsNoBlockIsNamed() {
    assertCorrupt(Reason.NO_BLOCK, () -> importFile(new byte[] {0x05}));
    assertCorrupt(Reason.NO_BLOCK, () -> importFile(new byte[] {(byte) 0xc1, 0x05}));
    byte[] lying = {(byte) 0xfa, 0x7f, (byte) 0xff, (byte) 0xff};
    assertCorrupt(Reason.TRUNCATED, () -> importFile(lying));
    byte[] huge = {(byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1};
    assertCorrupt(Reason.ITEM_TOO_LARGE, () -> importFile(huge));
    byte[] padded = {(byte) 0xf9, 0x00, 0x38};
    assertCorrupt(Reason.TRUNCATED, () -> importFile(padded));
    assertThat(target.chain.head().number()).isZero();
  }

  @Test
  void aBlockAboveTheLimitIsRefusedBeforeItIsRead() {
    try (BlockFileReader small =
        new BlockFileReader(new ByteArrayInputStream(file), SealRule.KLAY_QBFT, 100)) {
      assertCorrupt(Reason.ITEM_TOO_LARGE, small::next);
    }
  }

  @Test
  void blocksOfAnotherChainAreRefused() {
    importFile(export(source.chain, 1, 5));
    TestChain other = new TestChain(SPEC);
    other.grow();
    byte[] foreign = export(other.chain, 1, 1);
    assertCorrupt(Reason.OTHER_CHAIN, () -> importFile(foreign));

    byte[] gap = export(source.chain, 7, 9);
    assertThatThrownBy(() -> importFile(gap))
        .isInstanceOfSatisfying(
            InvalidBlockException.class,
            e -> {
              assertThat(e.number()).isEqualTo(7);
              assertThat(e.fault().reason()).isEqualTo(InvalidBlock.Reason.UNKNOWN_PARENT);
            });
    assertThat(target.chain.head().number()).isEqualTo(5);
  }

  /** Whatever bit is wrong: an error of the two kinds, and never another chain. */
  @Test
  void aFileWithOneWrongBitNeverGivesAnotherChain() {
    byte[] three = export(source.chain, 1, 3);
    for (int i = 0; i < three.length; i += 29) {
      TestChain fresh = new TestChain(SPEC);
      byte[] damaged = three.clone();
      damaged[i] ^= (byte) (1 << i % 8);
      try (BlockFileReader reader = reader(damaged)) {
        new BlockFileImport(fresh.chain, progress -> {}).run(reader);
      } catch (CorruptBlockFileException | InvalidBlockException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
      long reached = fresh.chain.head().number();
      assertThat(fresh.chain.head().hash())
          .isEqualTo(source.chain.store().block(reached).orElseThrow().block().hash());
    }
  }

  private static void assertCorrupt(Reason reason, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            CorruptBlockFileException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
