package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.Storage;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.storage.disk.DiskChainStore;
import dev.klay.core.storage.disk.SimulatedFiles;
import dev.klay.core.storage.disk.StoreLimits;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Any sequence of transactions of all types, good and bad, by accounts with keys of all kinds:
 * supply is conserved, nonces only grow, nothing is executed twice, and nodes that get the sequence
 * in other portions, or the blocks in another way, have the same state.
 */
class AllTypesPropertiesTest {
  private static final int ACTORS = 5;
  private static final StoreLimits TINY_CACHE = new StoreLimits(20_000, 4_000, 3);
  private static final Amount MINTED = Amount.klay("9.6");

  @Property(tries = 30)
  void anySequenceOfAllTypesIsConservedAndTheSameEverywhere(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int count) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomTxs txs = new RandomTxs(1000, random, ACTORS);
    ChainSpec withoutReward = spec(txs, Amount.ZERO);
    TestChain oneByOne = new TestChain(withoutReward);
    List<SignedTx> offered = offerOneByOne(oneByOne, txs, count, random);

    TestChain inPortions = new TestChain(withoutReward);
    offerInPortions(inPortions, offered, random);
    assertThat(inPortions.chain.head().state().rootHash())
        .isEqualTo(oneByOne.chain.head().state().rootHash());
    assertConserved(oneByOne.chain, txs, Amount.ZERO);

    TestChain rewarded = new TestChain(spec(txs, MINTED));
    offerInPortions(rewarded, offered, random);
    assertConserved(rewarded.chain, txs, MINTED);
    assertSameOnOtherNodes(rewarded.chain, random);
  }

  static ChainSpec spec(RandomTxs txs, Amount minted) {
    ChainSpec aspen =
        ChainSpec.aspen()
            .withValidators(1)
            .withAccounts(txs.actors().stream().map(Actor::address).toList(), Amount.klay(20));
    Genesis genesis = aspen.genesis();
    return aspen.withGenesis(
        new Genesis(
            genesis.chainId(),
            ForkSchedule.allFromGenesis(Fork.PRAGUE),
            genesis
                .parameters()
                .with(
                    Map.of(
                        GovernanceKey.MINTING_AMOUNT,
                        TextNode.valueOf(minted.peb().toBigInteger().toString()))),
            genesis.time(),
            genesis.extra(),
            genesis.blockScore(),
            genesis.alloc(),
            Optional.empty()));
  }

  /** A block for each transaction that can be executed, so that each is made for the last state. */
  private static List<SignedTx> offerOneByOne(
      TestChain node, RandomTxs txs, int count, SplittableRandom random) {
    List<SignedTx> offered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SignedTx tx =
          offered.isEmpty() || random.nextInt(10) != 0
              ? txs.next(node.chain.head().state())
              : offered.get(random.nextInt(offered.size())); // once more
      offered.add(tx);
      BuiltBlock built = node.build(List.of(tx).iterator());
      assertThat(built.block().transactions().size() + built.refused().size()).isEqualTo(1);
      if (!built.block().transactions().isEmpty()) {
        assertThat(node.chain.importBlock(node.seal(built.block()))).isEmpty();
        executed(node.chain).get(0).contract().ifPresent(txs::know);
      }
    }
    return offered;
  }

  private static void offerInPortions(
      TestChain node, List<SignedTx> offered, SplittableRandom random) {
    for (int from = 0; from < offered.size(); ) {
      int to = Math.min(offered.size(), from + random.nextInt(1, 15));
      node.chain
          .importBlock(node.seal(node.build(offered.subList(from, to).iterator()).block()))
          .ifPresent(
              fault -> {
                throw new AssertionError(fault.toString());
              });
      from = to;
    }
  }

  private static List<TxOutcome.Executed> executed(Chain chain) {
    return chain.store().block(chain.head().number()).orElseThrow().executed();
  }

  private static void assertConserved(Chain chain, RandomTxs txs, Amount minted) {
    Map<Address, Long> nonces = new HashMap<>();
    Set<Hash> seen = new HashSet<>();
    Amount supply = chain.spec().genesis().supply();
    for (long number = 1; number <= chain.head().number(); number++) {
      StoredBlock block = chain.store().block(number).orElseThrow();
      WorldState state = chain.store().state(number).orElseThrow();
      Amount fees = Amount.ZERO;
      Map<Address, Long> sent = new HashMap<>();
      for (TxOutcome.Executed executed : block.executed()) {
        assertThat(seen.add(executed.transaction().hash())).as("executed once").isTrue();
        sent.merge(executed.transaction().sender(), 1L, Long::sum);
        fees = fees.plus(executed.fee());
      }
      for (Actor actor : txs.actors()) {
        long before = nonces.getOrDefault(actor.address(), 0L);
        long now = state.nonce(actor.address());
        assertThat(now).isGreaterThanOrEqualTo(before + sent.getOrDefault(actor.address(), 0L));
        nonces.put(actor.address(), now);
      }
      supply = supply.plus(minted).minus(fees.dividedBy(2));
      Amount owned = owned(state);
      assertThat(block.supply()).isEqualTo(owned);
      assertThat(owned).isLessThanOrEqualTo(supply); // less where a contract destroyed its own
      supply = owned;
    }
  }

  private static Amount owned(WorldState state) {
    Amount[] sum = {Amount.ZERO};
    state.forEach((key, account) -> sum[0] = sum[0].plus(account.balance()));
    return sum[0];
  }

  /** In memory block by block, and from an exported file on a disk with hardly any cache. */
  private static void assertSameOnOtherNodes(Chain source, SplittableRandom random) {
    Chain memory = new Chain(source.spec(), new InMemoryChainStore(3));
    SimulatedFiles files = new SimulatedFiles();
    Storage tiny = id -> DiskChainStore.open(files, id, Retention.blocks(2), TINY_CACHE);
    Chain disk = Chain.open(source.spec(), tiny);
    for (long number = 1; number <= source.head().number(); number++) {
      Block block = source.store().block(number).orElseThrow().block();
      Block decoded = Block.decode(source.spec().sealRule(), block.encode());
      assertThat(memory.importBlock(decoded)).isEmpty();
      if (random.nextInt(4) == 0 || number == source.head().number()) {
        importFile(disk, export(source, disk.head().number() + 1, number));
        assertSameHead(disk, memory);
        disk.close();
        disk = Chain.open(source.spec(), tiny);
      }
      assertThat(memory.head().state().rootHash())
          .isEqualTo(source.store().state(number).orElseThrow().rootHash());
    }
    assertSameHead(disk, source);
    disk.close();
  }

  private static void assertSameHead(Chain one, Chain other) {
    assertThat(one.head().hash()).isEqualTo(other.head().hash());
    assertThat(one.head().supply()).isEqualTo(other.head().supply());
    assertThat(one.head().state().rootHash()).isEqualTo(other.head().state().rootHash());
  }

  static byte[] export(Chain chain, long first, long last) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BlockFileWriter writer = new BlockFileWriter(bytes)) {
      writer.write(chain.store(), first, last, number -> {});
    }
    return bytes.toByteArray();
  }

  static void importFile(Chain chain, byte[] file) {
    try (BlockFileReader reader =
        new BlockFileReader(new ByteArrayInputStream(file), chain.spec().sealRule())) {
      new BlockFileImport(chain, progress -> {}).run(reader);
    }
  }
}
