package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.block.Block;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.Header;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A block with anything altered is refused, the reason names it, and the chain is as it was. */
class AlteredBlockTest {
  private static final PrivateKey ALICE = TestChain.key(1);
  private static final Address BOB = TestChain.key(2).address();
  private static final Set<Reason> OF_SEALS =
      EnumSet.of(
          Reason.EXTRA_DATA, Reason.VALIDATORS, Reason.PROPOSER_SEAL, Reason.COMMITTED_SEALS);

  private final TestChain test =
      new TestChain(
          ChainSpec.aspen()
              .withValidators(4)
              .withAccounts(List.of(ALICE.address()), Amount.klay(1000)));
  private final Block good = goodBlock();

  private Block goodBlock() {
    test.grow();
    return test.next(
        test.transfer(ALICE, 0, BOB, Amount.klay(1)), test.transfer(ALICE, 1, BOB, Amount.klay(2)));
  }

  private void assertRefused(Block block, Set<Reason> reasons) {
    ChainHead before = test.chain.head();
    Optional<InvalidBlock> fault = test.chain.importBlock(block);
    assertThat(fault.map(InvalidBlock::reason)).isPresent().get().isIn(reasons);
    assertThat(test.chain.head()).isSameAs(before);
    assertThat(test.chain.store().lastNumber()).isEqualTo(before.number());
  }

  /** The fields in their order on the wire, each with another value and what names it. */
  static Stream<Arguments> fields() {
    byte[] bit = new byte[Bloom.SIZE];
    bit[3] = 1;
    Hash wrong = Hash.fromHex("0x" + "12".repeat(32));
    return Stream.of(
        Arguments.of(0, item(w -> w.hash(wrong)), Reason.UNKNOWN_PARENT),
        Arguments.of(1, item(w -> w.address(BOB)), Reason.STATE_ROOT),
        Arguments.of(2, item(w -> w.hash(wrong)), Reason.STATE_ROOT),
        Arguments.of(3, item(w -> w.hash(wrong)), Reason.TRANSACTIONS_ROOT),
        Arguments.of(4, item(w -> w.hash(wrong)), Reason.RECEIPTS_ROOT),
        Arguments.of(5, item(w -> w.bytes(bit)), Reason.BLOOM),
        Arguments.of(6, item(w -> w.integer(2)), Reason.BLOCK_SCORE),
        Arguments.of(7, item(w -> w.integer(3)), Reason.NUMBER),
        Arguments.of(8, item(w -> w.integer(42_001)), Reason.GAS_USED),
        Arguments.of(9, item(w -> w.integer(1)), Reason.TIME),
        Arguments.of(10, item(w -> w.integer(100)), Reason.TIME),
        Arguments.of(12, item(w -> w.bytes(new byte[] {1})), Reason.GOVERNANCE),
        Arguments.of(13, item(w -> w.bytes(new byte[] {1})), Reason.VOTE),
        Arguments.of(14, item(w -> w.integer(26_000_000_000L)), Reason.BASE_FEE),
        Arguments.of(15, item(w -> w.bytes(new byte[96]).bytes(new byte[32])), Reason.RANDAO));
  }

  private static Bytes item(Consumer<RlpWriter> value) {
    RlpWriter writer = new RlpWriter();
    value.accept(writer);
    return writer.toBytes();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void everyHeaderFieldIsNamed(int field, Bytes value, Reason reason) {
    Block altered = test.reseal(good.author(), headerWith(field, value), good.transactions());
    assertThat(altered.hash()).isNotEqualTo(good.hash());
    assertRefused(altered, EnumSet.of(reason));
    assertThat(test.chain.importBlock(good)).isEmpty();
  }

  private Header headerWith(int field, Bytes value) {
    List<Bytes> items = new ArrayList<>();
    for (RlpReader fields = RlpReader.ofSingleList(good.header().encode()); fields.hasNext(); ) {
      items.add(fields.readRaw());
    }
    if (field < items.size()) {
      items.set(field, value);
    } else {
      items.add(value);
    }
    return Header.decode(RlpWriter.encodeList(w -> items.forEach(w::raw)));
  }

  /** Whoever alters a sealed header breaks its seals, too. */
  @Test
  void everyByteOfTheExtraDataIsSealed() {
    Bytes extra = good.header().extra();
    for (int i = 0; i < extra.size(); i++) {
      byte[] damaged = extra.toArray();
      damaged[i] ^= 1;
      Bytes value = item(w -> w.bytes(damaged));
      Block altered;
      try {
        altered = Block.of(SealRule.KLAY_QBFT, headerWith(11, value), good.transactions());
      } catch (DecodingException unreadable) {
        continue;
      }
      assertRefused(altered, OF_SEALS);
    }
    assertThat(test.chain.importBlock(good)).isEmpty();
  }

  @Test
  void everyByteOfATransactionIsUnderTheRoot() {
    Bytes encoded = good.encode();
    int bodyBytes = good.transactions().stream().mapToInt(tx -> tx.encode().size()).sum();
    int refused = 0;
    for (int i : IntStream.range(encoded.size() - bodyBytes, encoded.size()).toArray()) {
      byte[] damaged = encoded.toArray();
      damaged[i] ^= 1;
      Block altered;
      try {
        altered = Block.decode(SealRule.KLAY_QBFT, Bytes.wrap(damaged));
      } catch (DecodingException unreadable) {
        continue;
      }
      assertRefused(altered, EnumSet.of(Reason.TRANSACTIONS_ROOT));
      refused++;
    }
    assertThat(refused).isGreaterThan(bodyBytes / 2);
    assertThat(test.chain.importBlock(good)).isEmpty();
  }

  @Test
  void aBlockOfFewerMoreOrOtherTransactionsIsRefused() {
    Header header = good.header();
    assertRefused(
        Block.of(SealRule.KLAY_QBFT, header, good.transactions().subList(0, 1)),
        EnumSet.of(Reason.TRANSACTIONS_ROOT));
    assertRefused(
        Block.of(
            SealRule.KLAY_QBFT,
            header,
            List.of(good.transactions().get(1), good.transactions().get(0))),
        EnumSet.of(Reason.TRANSACTIONS_ROOT));
  }
}
