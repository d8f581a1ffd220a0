package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.execution.BlockReward;
import dev.klay.core.execution.StakingInfo;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.service.BlockRef;
import dev.klay.core.storage.StoredBlock;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.proof.SealRule;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What blocks paid to whom. Amounts are plain numbers of peb, as Klaytn writes them. */
final class RewardQueries {
  /** Blocks that one query may add up: as many as logs may be asked of. Klaytn allows 604,800. */
  private static final int BLOCKS_MAX = 5_000;

  private static final long WEIGHTED_RANDOM = 2;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+0000 UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final RpcChain chain;

  RewardQueries(RpcChain chain) {
    this.chain = chain;
  }

  /**
   * Refuses blocks of Klaytn's whose rewards depend on stakes: which ones counted is known at the
   * import only.
   */
  static void ensureWithoutStakes(RpcChain chain, long number) {
    boolean klaytns = chain.spec().sealRule() == SealRule.ISTANBUL;
    if (klaytns && chain.reads().rules(number).parameters().policy() == WEIGHTED_RANDOM) {
      throw RpcException.refused(
          "stakes weigh in block "
              + number
              + ", and are not kept; read the address book contract at 0x400");
    }
  }

  private BlockReward reward(StoredBlock stored) {
    ensureWithoutStakes(chain, stored.block().number());
    BlockRules rules = chain.reads().rules(stored.block().number());
    return BlockReward.of(
        rules, fees(stored, rules), stored.block().header().rewardBase(), StakingInfo.NONE);
  }

  /** Before Magma at the unit price, whatever the transactions offered. */
  private static Amount fees(StoredBlock stored, BlockRules rules) {
    if (!rules.has(Fork.MAGMA)) {
      return rules.rewardParameters().unitPrice().times(stored.block().header().gasUsed());
    }
    return stored.executed().stream()
        .map(TxOutcome.Executed::fee)
        .reduce(Amount.ZERO, Amount::plus);
  }

  JsonNode ofBlock(RpcParams params) {
    BlockRef ref = params.atMost(1).at(0).asBlockOrLatest();
    StoredBlock stored = chain.reads().block(ref).orElseThrow(() -> RpcChain.unknown("block", ref));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (stored.block().number() == 0) {
      return json;
    }
    BlockRules rules = chain.reads().rules(stored.block().number());
    BlockReward reward = reward(stored);
    json.set("minted", RpcChain.plain(reward.minted()));
    json.set("totalFee", RpcChain.plain(fees(stored, rules)));
    json.set("burntFee", RpcChain.plain(reward.burnt()));
    json.set("proposer", RpcChain.plain(reward.proposer()));
    json.set("stakers", RpcChain.plain(reward.stakers()));
    json.set("kff", RpcChain.plain(reward.firstFund()));
    json.set("kcf", RpcChain.plain(reward.secondFund()));
    json.set("rewards", byAddress(reward.payments()));
    return json;
  }

  private static ObjectNode byAddress(Map<Address, Amount> payments) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    payments.forEach((address, amount) -> json.set(address.toHex(), RpcChain.plain(amount)));
    return json;
  }

  JsonNode accumulated(RpcParams params) {
    long first = number(params.atMost(2).at(0));
    long last = number(params.at(1));
    if (first > last) {
      throw RpcException.refused("the last block should be equal or larger than the first one");
    }
    if (last - first >= BLOCKS_MAX) {
      throw new RpcException(
          RpcError.LIMIT,
          "block range should be equal or less than " + BLOCKS_MAX + "; ask for a smaller one");
    }
    return new Sum().of(first, last);
  }

  private long number(RpcValue value) {
    return chain.required(value.asBlock()).block().number();
  }

  private String time(long number) {
    return TIME.format(
        Instant.ofEpochSecond(chain.required(BlockRef.number(number)).block().header().time()));
  }

  /** Adds up the rewards of some blocks in a row. */
  private final class Sum {
    private Amount minted = Amount.ZERO;
    private Amount fees = Amount.ZERO;
    private Amount burnt = Amount.ZERO;
    private Amount proposers = Amount.ZERO;
    private Amount stakers = Amount.ZERO;
    private Amount first = Amount.ZERO;
    private Amount second = Amount.ZERO;
    private final Map<Address, Amount> payments = new TreeMap<>();

    ObjectNode of(long from, long to) {
      for (long number = Math.max(1, from); number <= to; number++) {
        add(chain.required(BlockRef.number(number)));
      }
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("firstBlockTime", time(from));
      json.put("lastBlockTime", time(to));
      json.put("firstBlock", from);
      json.put("lastBlock", to);
      json.set("totalMinted", RpcChain.plain(minted));
      json.set("totalTxFee", RpcChain.plain(fees));
      json.set("totalBurntTxFee", RpcChain.plain(burnt));
      json.set("totalProposerRewards", RpcChain.plain(proposers));
      json.set("totalStakingRewards", RpcChain.plain(stakers));
      json.set("totalKFFRewards", RpcChain.plain(first));
      json.set("totalKCFRewards", RpcChain.plain(second));
      json.set("rewards", byAddress(payments));
      return json;
    }

    private void add(StoredBlock stored) {
      BlockReward reward = reward(stored);
      minted = minted.plus(reward.minted());
      fees = fees.plus(RewardQueries.fees(stored, chain.reads().rules(stored.block().number())));
      burnt = burnt.plus(reward.burnt());
      proposers = proposers.plus(reward.proposer());
      stakers = stakers.plus(reward.stakers());
      first = first.plus(reward.firstFund());
      second = second.plus(reward.secondFund());
      reward.payments().forEach((to, amount) -> payments.merge(to, amount, Amount::plus));
    }
  }
}
