package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.block.Block;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.Header;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever else stands in a field, though all validators sealed it: the block is refused, the
 * reason names the field, and the chain is as it was. Of a chain of ours, and of one by Klaytn's
 * rules with Randao.
 *
 * <p>Klaytn's rules leave open, and so do we on its chains: hundredths of a second, a later time,
 * the vanity with the round, the list of validators.
 */
class AlteredFieldPropertiesTest {
  private static final AllTypesChain OURS = new AllTypesChain(11);
  private static final Block GOOD = OURS.next();

  private static final KlaytnTestChain KLAYTN = klaytn();
  private static final Block GOOD_OF_KLAYTN = KLAYTN.next();

  /** What names each field, by its place in the header. */
  private static final List<Set<Reason>> NAMES =
      List.of(
          EnumSet.of(Reason.UNKNOWN_PARENT),
          EnumSet.of(Reason.STATE_ROOT),
          EnumSet.of(Reason.STATE_ROOT),
          EnumSet.of(Reason.TRANSACTIONS_ROOT),
          EnumSet.of(Reason.RECEIPTS_ROOT),
          EnumSet.of(Reason.BLOOM),
          EnumSet.of(Reason.BLOCK_SCORE),
          EnumSet.of(Reason.NUMBER),
          EnumSet.of(Reason.GAS_USED),
          EnumSet.of(Reason.TIME),
          EnumSet.of(Reason.TIME),
          EnumSet.of(Reason.EXTRA_DATA, Reason.VALIDATORS, Reason.PROPOSER_SEAL),
          EnumSet.of(Reason.GOVERNANCE),
          EnumSet.of(Reason.VOTE),
          EnumSet.of(Reason.BASE_FEE),
          EnumSet.of(Reason.MIX_HASH, Reason.RANDOM_REVEAL, Reason.RANDAO),
          EnumSet.of(Reason.MIX_HASH, Reason.RANDAO));

  private static KlaytnTestChain klaytn() {
    KlaytnTestChain chain = new KlaytnTestChain(KlaytnTestChain.spec(List.of()));
    chain.grow();
    return chain;
  }

  @Property(tries = 150)
  void anyOtherValueInAHeaderOfOursIsRefusedByName(
      @ForAll @IntRange(max = 14) int field, @ForAll long seed) {
    if (field != 11) {
      assertNamed(OURS.test, GOOD, field, new SplittableRandom(seed));
    }
  }

  @Property(tries = 150)
  void anyOtherValueInAHeaderOfKlaytnIsRefusedByName(
      @ForAll @IntRange(max = 16) int field, @ForAll long seed) {
    if (field != 10 && field != 11) {
      assertNamed(KLAYTN.test, GOOD_OF_KLAYTN, field, new SplittableRandom(seed));
    }
  }

  private static void assertNamed(TestChain test, Block good, int field, SplittableRandom random) {
    Header header = good.header();
    while (header.equals(good.header())) {
      Bytes other = another(field, good.header(), test.chain.head().header(), random);
      header = with(good.header(), field, other);
    }
    assertRefused(test, test.reseal(good.author(), header, good.transactions()), NAMES.get(field));
  }

  private static Header with(Header header, int field, Bytes value) {
    List<Bytes> fields = new ArrayList<>();
    for (RlpReader all = RlpReader.ofSingleList(header.encode()); all.hasNext(); ) {
      fields.add(all.readRaw());
    }
    fields.set(field, value);
    return Header.decode(RlpWriter.encodeList(w -> fields.forEach(w::raw)));
  }

  /** Another value that the field can hold, and that no rule leaves open. */
  private static Bytes another(int field, Header good, Header parent, SplittableRandom random) {
    RlpWriter value = new RlpWriter();
    switch (field) {
      case 0, 2, 3, 4, 16 -> value.bytes(bytes(random, 32));
      case 1 -> value.bytes(bytes(random, 20));
      case 5 -> {
        byte[] bloom = good.bloom().bits().toArray();
        bloom[random.nextInt(Bloom.SIZE)] ^= (byte) (1 << random.nextInt(8));
        value.bytes(bloom);
      }
      case 9 -> value.integer(random.nextLong(parent.time() + 1));
      case 10 -> value.integer(random.nextInt(100, 256));
      case 12, 13 -> value.bytes(bytes(random, random.nextInt(1, 80)));
      case 15 -> value.bytes(bytes(random, random.nextInt(4) == 0 ? random.nextInt(200) : 96));
      default -> value.integer(random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63));
    }
    return value.toBytes();
  }

  private static byte[] bytes(SplittableRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Reason assertRefused(TestChain test, Block altered, Set<Reason> names) {
    ChainHead before = test.chain.head();
    Optional<InvalidBlock> fault = test.chain.importBlock(altered);
    assertThat(fault.map(InvalidBlock::reason)).as(fault.toString()).isPresent();
    assertThat(fault.orElseThrow().reason()).as(fault.toString()).isIn(names);
    assertThat(test.chain.head()).isSameAs(before);
    assertThat(test.chain.store().lastNumber()).isEqualTo(before.number());
    return fault.orElseThrow().reason();
  }

  /** The header says which transactions there are; sealed anew, each must still be its sender's. */
  @Property(tries = 250)
  void anyOtherBitOfATransactionIsRefused(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SignedTx> transactions = new ArrayList<>(GOOD.transactions());
    int index = random.nextInt(transactions.size());
    byte[] damaged = transactions.get(index).encode().toArray();
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    SignedTx altered;
    try {
      altered = SignedTx.decode(Bytes.wrap(damaged));
    } catch (DecodingException unreadable) {
      return; // it cannot even stand in a block
    }
    transactions.set(index, altered);
    Block sameHeader = Block.of(SealRule.KLAY_QBFT, GOOD.header(), transactions);
    assertRefused(OURS.test, sameHeader, EnumSet.of(Reason.TRANSACTIONS_ROOT));
    Bytes root =
        OURS.test
            .chain
            .rulesAfter(OURS.test.chain.head())
            .parameters()
            .deriveSha()
            .root(transactions.stream().map(SignedTx::encode).toList())
            .toBytes();
    Header header = with(GOOD.header(), 3, new RlpWriter().bytes(root).toBytes());
    assertRefused(
        OURS.test,
        OURS.test.reseal(GOOD.author(), header, transactions),
        EnumSet.of(Reason.TRANSACTION, Reason.GAS_LIMIT));
  }

  /** A number of 32 bits without a sign, whoever wrote it. */
  @Example
  void theHighestRoundsAreRefusedAsOthers() {
    byte[] extra = GOOD.header().extra().toArray();
    extra[ExtraData.VANITY_SIZE - 4] |= (byte) 0x80;
    Header header = with(GOOD.header(), 11, new RlpWriter().bytes(extra).toBytes());
    Block altered = Block.of(SealRule.KLAY_QBFT, header, GOOD.transactions());
    assertRefused(OURS.test, altered, EnumSet.of(Reason.COMMITTED_SEALS));
  }

  /** Nobody sealed it anew: every bit of the extra data is under somebody's seal. */
  @Property(tries = 200)
  void anyOtherBitOfTheExtraDataIsRefused(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] extra = GOOD.header().extra().toArray();
    extra[random.nextInt(extra.length)] ^= (byte) (1 << random.nextInt(8));
    Header header = with(GOOD.header(), 11, new RlpWriter().bytes(extra).toBytes());
    Block altered;
    try {
      altered = Block.of(SealRule.KLAY_QBFT, header, GOOD.transactions());
    } catch (DecodingException unreadable) {
      return; // it is no block at all
    }
    assertRefused(
        OURS.test,
        altered,
        EnumSet.of(
            Reason.EXTRA_DATA, Reason.VALIDATORS, Reason.PROPOSER_SEAL, Reason.COMMITTED_SEALS));
  }
}
