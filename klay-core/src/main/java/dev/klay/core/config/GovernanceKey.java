package dev.klay.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import java.util.Arrays;
import java.util.Optional;

/** A parameter of a Klaytn chain, with its default ({@code klaytn-genesis-governance.md} 3). */
public enum GovernanceKey {
  GOVERNANCE_MODE("governance.governancemode", ParameterType.TEXT, "none"),
  GOVERNING_NODE("governance.governingnode", ParameterType.ADDRESS, Address.ZERO),
  GOV_PARAM_CONTRACT("governance.govparamcontract", ParameterType.ADDRESS, Address.ZERO),
  /** Peb for a unit of gas, before Magma. */
  UNIT_PRICE("governance.unitprice", ParameterType.UINT, 250_000_000_000L),
  DERIVE_SHA_IMPL("governance.deriveshaimpl", ParameterType.UINT, 0L),
  EPOCH("istanbul.epoch", ParameterType.UINT, 604_800L),
  POLICY("istanbul.policy", ParameterType.UINT, 0L),
  COMMITTEE_SIZE("istanbul.committeesize", ParameterType.UINT, 21L),
  /** Milliseconds of round 0; acts at once in Klaytn's nodes, and on no block's validity. */
  TIMEOUT("istanbul.timeout", ParameterType.UINT, 10_000L),
  /** Peb for each block. */
  MINTING_AMOUNT("reward.mintingamount", ParameterType.DECIMAL, UInt256.ZERO),
  RATIO("reward.ratio", ParameterType.TEXT, "100/0/0"),
  KIP82_RATIO("reward.kip82ratio", ParameterType.TEXT, "20/80"),
  USE_GINI_COEFFICIENT("reward.useginicoeff", ParameterType.FLAG, false),
  DEFERRED_TX_FEE("reward.deferredtxfee", ParameterType.FLAG, false),
  /** In KLAY. */
  MINIMUM_STAKE("reward.minimumstake", ParameterType.DECIMAL, UInt256.of(2_000_000)),
  STAKING_UPDATE_INTERVAL("reward.stakingupdateinterval", ParameterType.UINT, 86_400L),
  PROPOSER_UPDATE_INTERVAL("reward.proposerupdateinterval", ParameterType.UINT, 3_600L),
  LOWER_BOUND_BASE_FEE("kip71.lowerboundbasefee", ParameterType.UINT, 25_000_000_000L),
  UPPER_BOUND_BASE_FEE("kip71.upperboundbasefee", ParameterType.UINT, 750_000_000_000L),
  GAS_TARGET("kip71.gastarget", ParameterType.UINT, 30_000_000L),
  MAX_BLOCK_GAS_USED("kip71.maxblockgasusedforbasefee", ParameterType.UINT, 60_000_000L),
  BASE_FEE_DENOMINATOR("kip71.basefeedenominator", ParameterType.UINT, 20L);

  private final String label;
  private final ParameterType type;
  private final Object defaultValue;

  GovernanceKey(String label, ParameterType type, Object defaultValue) {
    this.label = label;
    this.type = type;
    this.defaultValue = defaultValue;
  }

  /** The key with this name, in any case; empty if there is none. */
  public static Optional<GovernanceKey> ofLabel(String label) {
    return Arrays.stream(values()).filter(k -> k.label.equalsIgnoreCase(label)).findFirst();
  }

  /** The name in votes and governance data. */
  public String label() {
    return label;
  }

  /** Whether two values of this parameter are one, however each is written in JSON. */
  public boolean isSameValue(JsonNode one, JsonNode other) {
    return type.ofJson(one).equals(type.ofJson(other));
  }

  ParameterType type() {
    return type;
  }

  Object defaultValue() {
    return defaultValue;
  }
}
