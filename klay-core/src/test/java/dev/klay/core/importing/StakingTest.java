package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GenesisAccount;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.execution.StakingInfo;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.system.AddressBook;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rewards and proposers by stakes: policy 2, as the address book contract says. */
class StakingTest {
  private static final PrivateKey ALICE = TestChain.key(1);
  private static final List<Address> VALIDATORS = DevKeys.validatorAddresses(4);
  private static final Address FIRST_FUND = TestChain.key(11).address();
  private static final Address SECOND_FUND = TestChain.key(12).address();
  private static final long INTERVAL = 3;

  /** Of the validators in their order; the third has too little, the fourth is in no book. */
  private static final List<Long> STAKES = List.of(6_000_000L, 7_000_000L, 3_000_000L);

  private static Address staking(int i) {
    return TestChain.key(20 + i).address();
  }

  private static Address reward(int i) {
    return TestChain.key(30 + i).address();
  }

  private static ChainSpec spec(Fork last, SortedMap<Long, String> rebalances, Bytes book) {
    Map<GovernanceKey, JsonNode> named = new EnumMap<>(GovernanceKey.class);
    named.put(GovernanceKey.POLICY, LongNode.valueOf(2));
    named.put(GovernanceKey.RATIO, TextNode.valueOf("34/54/12"));
    named.put(GovernanceKey.KIP82_RATIO, TextNode.valueOf("20/80"));
    named.put(GovernanceKey.MINIMUM_STAKE, TextNode.valueOf("5000000"));
    named.put(GovernanceKey.STAKING_UPDATE_INTERVAL, LongNode.valueOf(INTERVAL));
    SortedMap<Address, GenesisAccount> alloc = new TreeMap<>();
    alloc.put(AddressBook.ADDRESS, KlaytnTestChain.answering(book));
    alloc.put(ALICE.address(), GenesisAccount.of(Amount.klay(10_000_000)));
    for (int i = 0; i < STAKES.size(); i++) {
      alloc.put(staking(i), GenesisAccount.of(Amount.klay(STAKES.get(i))));
    }
    Genesis aspen = ChainSpec.aspen().genesis();
    return ChainSpec.klaytn(
        new Genesis(
            2019,
            ForkSchedule.allFromGenesis(last),
            aspen.parameters().with(named),
            aspen.time(),
            Genesis.extraOf(VALIDATORS),
            aspen.blockScore(),
            alloc,
            Optional.empty(),
            rebalances));
  }

  private static ChainSpec spec(Fork last) {
    return spec(last, Collections.emptySortedMap(), book());
  }

  /** What getAllAddress returns: (uint8[] kinds, address[] addresses). */
  private static Bytes book() {
    List<Bytes> kinds = new ArrayList<>();
    List<Bytes> addresses = new ArrayList<>();
    for (int i = 0; i < STAKES.size(); i++) {
      List.of(0L, 1L, 2L).forEach(kind -> kinds.add(KlaytnTestChain.word(kind)));
      addresses.add(KlaytnTestChain.word(VALIDATORS.get(i)));
      addresses.add(KlaytnTestChain.word(staking(i)));
      addresses.add(KlaytnTestChain.word(reward(i)));
    }
    List.of(3L, 4L).forEach(kind -> kinds.add(KlaytnTestChain.word(kind)));
    addresses.add(KlaytnTestChain.word(FIRST_FUND));
    addresses.add(KlaytnTestChain.word(SECOND_FUND));
    return answer(kinds, addresses);
  }

  private static Bytes answer(List<Bytes> kinds, List<Bytes> addresses) {
    return KlaytnTestChain.concat(
        KlaytnTestChain.word(64),
        KlaytnTestChain.word(96 + 32L * kinds.size()),
        KlaytnTestChain.word(kinds.size()),
        KlaytnTestChain.concat(kinds),
        KlaytnTestChain.word(addresses.size()),
        KlaytnTestChain.concat(addresses));
  }

  private final TestChain test = new TestChain(spec(Fork.CANCUN));

  private static Block next(TestChain test, int proposer, SignedTx... txs) {
    try (PrivateKey key = DevKeys.ofValidator(VALIDATORS.get(proposer)).orElseThrow()) {
      long time = test.chain.head().header().timestampMillis() + 1000;
      Proposal proposal = new Proposal(key, reward(proposer), time, () -> false);
      return test.seal(test.chain.build(proposal, List.of(txs).iterator()).block());
    }
  }

  private static Optional<InvalidBlock> importFresh(TestChain test, Block block) {
    return test.chain.importBlock(Block.decode(test.chain.spec().sealRule(), block.encode()));
  }

  @Test
  void theRewardIsSharedWithFundsAndStakers() {
    assertThat(test.chain.importBlock(next(test, 0))).isEmpty();
    WorldState state = test.chain.head().state();
    assertThat(state.balance(FIRST_FUND)).isEqualTo(Amount.klay("5.184")); // 54 % of 9.6
    assertThat(state.balance(SECOND_FUND)).isEqualTo(Amount.klay("1.152")); // 12 %
    // 34 % are 3.264, a fifth of them the proposer's; the rest by stakes above five million
    assertThat(state.balance(reward(0)))
        .isEqualTo(Amount.klay("0.6528").plus(Amount.klay("0.8704")));
    assertThat(state.balance(reward(1))).isEqualTo(Amount.klay("1.7408"));
    assertThat(state.balance(reward(2))).isEqualTo(Amount.ZERO);
  }

  @Test
  void onlyWhoHasTheMinimumStakeMayPropose() {
    TestChain other = new TestChain(spec(Fork.CANCUN));
    for (int demoted : List.of(2, 3)) {
      InvalidBlock fault = importFresh(test, next(other, demoted)).orElseThrow();
      assertThat(fault.reason()).isEqualTo(Reason.PROPOSER_SEAL);
      assertThat(fault.detail()).contains(VALIDATORS.get(demoted).toString());
    }
    assertThat(importFresh(test, next(other, 1))).isEmpty();
  }

  @Test
  void whereNobodyHasTheMinimumAllMayPropose() {
    Bytes empty = answer(List.of(), List.of());
    ChainSpec bare = spec(Fork.CANCUN, Collections.emptySortedMap(), empty);
    TestChain all = new TestChain(bare);
    assertThat(importFresh(all, next(new TestChain(bare), 3))).isEmpty();
    assertThat(all.chain.head().state().balance(reward(3))).isEqualTo(Amount.klay("9.6"));
  }

  @Test
  void aStakeCountsAfterOneWholeInterval() {
    assertThat(test.chain.importBlock(next(test, 0))).isEmpty();
    SignedTx stake =
        test.transfer(ALICE, 0, staking(2), Amount.klay(4_000_000)); // seven million then
    assertThat(test.chain.importBlock(next(test, 0, stake))).isEmpty();
    while (test.chain.head().number() < 6) {
      assertThat(test.chain.importBlock(next(test, 0))).isEmpty();
    }
    assertThat(test.chain.head().state().balance(reward(2))).isEqualTo(Amount.ZERO);
    assertThat(test.chain.importBlock(next(test, 2))).isEmpty(); // block 7: the stakes of block 3
    assertThat(test.chain.head().state().balance(reward(2)).isZero()).isFalse();
  }

  @Test
  void fromKaiaOnAStakeCountsAtOnce() {
    TestChain kaia = new TestChain(spec(Fork.KAIA));
    SignedTx stake = kaia.transfer(ALICE, 0, staking(2), Amount.klay(4_000_000));
    assertThat(kaia.chain.importBlock(next(kaia, 0, stake))).isEmpty();
    assertThat(kaia.chain.importBlock(next(kaia, 2))).isEmpty();
  }

  @Test
  void theSourceOfABlockIsTheStartOfTheIntervalBeforeItsOwn() {
    long day = 86_400;
    assertThat(StakingHistory.source(1, day)).isZero();
    assertThat(StakingHistory.source(2 * day, day)).isZero();
    assertThat(StakingHistory.source(2 * day + 1, day)).isEqualTo(day);
    assertThat(StakingHistory.source(3 * day, day)).isEqualTo(day);
    assertThat(StakingHistory.source(3 * day + 1, day)).isEqualTo(2 * day);
  }

  @Test
  void aChainThatNoLongerKeepsTheSourceSaysWhichAndWhatToDo() {
    InMemoryChainStore store = new InMemoryChainStore(1);
    TestChain first = new TestChain(new Chain(spec(Fork.CANCUN), store));
    for (int i = 0; i < 4; i++) {
      assertThat(first.chain.importBlock(next(first, 0))).isEmpty();
    }
    Block fifth = next(first, 0);
    TestChain again = new TestChain(new Chain(spec(Fork.CANCUN), store));
    InvalidBlock fault = importFresh(again, fifth).orElseThrow();
    assertThat(fault.reason()).isEqualTo(Reason.STAKING);
    assertThat(fault.detail()).contains("block 0").contains("retention");
    assertThat(importFresh(first, fifth)).isEmpty();
  }

  @Test
  void whatThisProgramDoesNotDoItRefusesByName() {
    TestChain prague = new TestChain(spec(Fork.PRAGUE));
    Block any = next(new TestChain(spec(Fork.CANCUN)), 0);
    assertThat(prague.chain.validate(any).orElseThrow().detail()).contains("KIP-226");

    SortedMap<Long, String> moves = new TreeMap<>(Map.of(1L, "KIP103"));
    TestChain moving = new TestChain(spec(Fork.CANCUN, moves, book()));
    TestChain same = new TestChain(spec(Fork.CANCUN));
    Block first = importable(moving, next(same, 0));
    InvalidBlock fault = moving.chain.importBlock(first).orElseThrow();
    assertThat(fault.reason()).isEqualTo(Reason.REBALANCE);
    assertThat(fault.detail()).contains("KIP103");
  }

  /** Rebalances are not in the genesis block, so the block of one chain is one of the other. */
  private static Block importable(TestChain target, Block block) {
    assertThat(block.header().parentHash()).isEqualTo(target.chain.genesisHash());
    return block;
  }

  @Test
  void aBookThatAnswersNonsenseCountsAsNone() {
    for (Bytes nonsense :
        List.of(
            Bytes.EMPTY,
            KlaytnTestChain.word(7),
            answer(List.of(KlaytnTestChain.word(9)), List.of(KlaytnTestChain.word(FIRST_FUND))),
            answer(List.of(KlaytnTestChain.word(3)), List.of()))) {
      TestChain chain = new TestChain(spec(Fork.CANCUN, Collections.emptySortedMap(), nonsense));
      ChainHead head = chain.chain.head();
      assertThat(AddressBook.read(head.contracts(chain.chain.spec()))).isEqualTo(StakingInfo.NONE);
    }
  }
}
