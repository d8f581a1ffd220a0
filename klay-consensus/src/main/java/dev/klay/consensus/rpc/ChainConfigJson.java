package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.config.Fork;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.crypto.primitive.Address;

/** A chain's configuration, as {@code klay_getChainConfig} shows it. */
final class ChainConfigJson {
  private ChainConfigJson() {}

  static ObjectNode write(Genesis genesis, GovernanceParameters parameters) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("chainId", genesis.chainId());
    for (Fork fork : Fork.values()) {
      genesis.forks().firstBlock(fork).ifPresent(first -> json.put(fork.configKey(), first));
    }
    json.put("kip103ContractAddress", Address.ZERO.toHex());
    ObjectNode istanbul = json.putObject("istanbul");
    istanbul.put("epoch", parameters.epoch());
    istanbul.put("policy", parameters.policy());
    istanbul.put("sub", parameters.committeeSize());
    json.set("unitPrice", parameters.json(GovernanceKey.UNIT_PRICE));
    json.set("deriveShaImpl", parameters.json(GovernanceKey.DERIVE_SHA_IMPL));
    ObjectNode governance = json.putObject("governance");
    governance.put("governingNode", parameters.governingNode().toHex());
    governance.put("governanceMode", parameters.governanceMode());
    governance.set("govParamContract", parameters.json(GovernanceKey.GOV_PARAM_CONTRACT));
    governance.set("reward", reward(parameters));
    governance.set("kip71", kip71(parameters));
    return json;
  }

  private static ObjectNode reward(GovernanceParameters parameters) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("mintingAmount", RpcChain.plain(parameters.mintingAmount()));
    json.set("ratio", parameters.json(GovernanceKey.RATIO));
    json.set("kip82ratio", parameters.json(GovernanceKey.KIP82_RATIO));
    json.put("useGiniCoeff", parameters.useGiniCoefficient());
    json.put("deferredTxFee", parameters.deferredTxFee());
    json.put("stakingUpdateInterval", parameters.stakingUpdateInterval());
    json.put("proposerUpdateInterval", parameters.proposerUpdateInterval());
    json.put("minimumStake", parameters.minimumStakeKlay().toBigInteger());
    return json;
  }

  private static ObjectNode kip71(GovernanceParameters parameters) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("lowerboundbasefee", parameters.json(GovernanceKey.LOWER_BOUND_BASE_FEE));
    json.set("upperboundbasefee", parameters.json(GovernanceKey.UPPER_BOUND_BASE_FEE));
    json.set("gastarget", parameters.json(GovernanceKey.GAS_TARGET));
    json.set("maxblockgasusedforbasefee", parameters.json(GovernanceKey.MAX_BLOCK_GAS_USED));
    json.set("basefeedenominator", parameters.json(GovernanceKey.BASE_FEE_DENOMINATOR));
    return json;
  }
}
