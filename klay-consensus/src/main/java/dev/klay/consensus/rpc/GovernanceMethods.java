package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.json.Quantity;
import dev.klay.core.service.BlockRef;
import dev.klay.core.storage.StoredBlock;
import java.util.EnumSet;
import java.util.Set;

/** The parameters of a chain and its rewards, by block: {@code governance} and {@code klay}. */
final class GovernanceMethods implements RpcNamespace {
  /** Of no chain's parameters: a node's own, or not shown by Klaytn. */
  private static final Set<GovernanceKey> HIDDEN = EnumSet.of(GovernanceKey.TIMEOUT);

  private final RpcChain chain;
  private final RewardQueries rewards;

  GovernanceMethods(RpcChain chain) {
    this.chain = chain;
    this.rewards = new RewardQueries(chain);
  }

  @Override
  public void addTo(RpcMethods table) {
    table.add("governance_getParams", this::parameters);
    table.alias("governance_itemsAt", "governance_getParams");
    table.alias("klay_getParams", "governance_getParams");
    table.add("governance_getChainConfig", this::chainConfig);
    table.alias("governance_chainConfig", "governance_getChainConfig");
    table.alias("klay_getChainConfig", "governance_getChainConfig");
    table.add("klay_forkStatus", this::forkStatus);
    table.add("governance_nodeAddress", params -> TextNode.valueOf(chain.node().address().toHex()));
    table.add("governance_getStakingInfo", this::stakingInfo);
    table.alias("klay_getStakingInfo", "governance_getStakingInfo");
    table.add("klay_getRewards", rewards::ofBlock);
    table.alias("klay_getReward", "klay_getRewards");
    table.add("governance_getRewardsAccumulated", rewards::accumulated);
    table.add("klay_getTotalSupply", this::totalSupply);
  }

  /** The number of a block that is next or earlier. */
  private long number(RpcValue value) {
    BlockRef ref = value.asBlockOrLatest();
    long head = chain.reads().head().number();
    if (ref.equals(BlockRef.PENDING)) {
      return head + 1;
    }
    long number =
        ref instanceof BlockRef.Number given
            ? given.number()
            : chain.required(ref).block().number();
    if (number > head + 1) {
      throw RpcChain.unknown("block", ref);
    }
    return number;
  }

  private JsonNode parameters(RpcParams params) {
    long number = number(params.atMost(1).at(0));
    GovernanceParameters parameters = chain.reads().rules(number).parameters();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (GovernanceKey key : GovernanceKey.values()) {
      if (!HIDDEN.contains(key)) {
        json.set(key.label(), parameters.json(key));
      }
    }
    return json;
  }

  /** The fork schedule, and the parameters of the next block or of one that is named. */
  private JsonNode chainConfig(RpcParams params) {
    long number =
        params.atMost(1).has(0) ? number(params.at(0)) : chain.reads().head().number() + 1;
    return ChainConfigJson.write(chain.spec().genesis(), chain.reads().rules(number).parameters());
  }

  private JsonNode forkStatus(RpcParams params) {
    long number = number(params.atMost(1).at(0));
    ForkSchedule forks = chain.spec().genesis().forks();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ChainID", chain.spec().chainId());
    json.put("IsIstanbul", forks.isActive(Fork.ISTANBUL, number));
    json.put("IsLondon", forks.isActive(Fork.LONDON, number));
    json.put("IsEthTxType", forks.isActive(Fork.ETH_TX_TYPE, number));
    json.put("IsMagma", forks.isActive(Fork.MAGMA, number));
    json.put("IsKore", forks.isActive(Fork.KORE, number));
    json.put("IsKIP103", false); // a one-time burn of the public networks
    json.put("IsShanghai", forks.isActive(Fork.SHANGHAI, number));
    json.put("IsCancun", forks.isActive(Fork.CANCUN, number));
    json.put("IsRandao", forks.isActive(Fork.RANDAO, number));
    json.put("IsKaia", forks.isActive(Fork.KAIA, number));
    json.put("IsPrague", forks.isActive(Fork.PRAGUE, number));
    return json;
  }

  /** Genesis plus minted minus burnt, after a block. */
  private JsonNode totalSupply(RpcParams params) {
    StoredBlock stored = chain.required(params.atMost(1).at(0).asBlockOrLatest());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("number", Quantity.of(stored.block().number()));
    json.put("totalSupply", Quantity.of(stored.supply()));
    return json;
  }

  /** Null where proposers are not weighted by their stakes, as on every chain that runs here. */
  private JsonNode stakingInfo(RpcParams params) {
    long number = number(params.atMost(1).at(0));
    RewardQueries.ensureWithoutStakes(chain, number);
    return NullNode.instance;
  }
}
