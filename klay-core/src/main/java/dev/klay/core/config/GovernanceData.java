package dev.klay.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The header field that writes parameters down: the RLP string of a compact JSON object whose keys
 * ascend ({@code klaytn-genesis-governance.md} sections 2 and 3).
 */
public final class GovernanceData {
  private static final JsonMapper JSON = new JsonMapper();

  private static final GovernanceKey[] ALWAYS = {
    GovernanceKey.GOVERNANCE_MODE,
    GovernanceKey.GOVERNING_NODE,
    GovernanceKey.UNIT_PRICE,
    GovernanceKey.COMMITTEE_SIZE,
    GovernanceKey.EPOCH,
    GovernanceKey.POLICY,
    GovernanceKey.DEFERRED_TX_FEE,
    GovernanceKey.MINIMUM_STAKE,
    GovernanceKey.MINTING_AMOUNT,
    GovernanceKey.PROPOSER_UPDATE_INTERVAL,
    GovernanceKey.RATIO,
    GovernanceKey.STAKING_UPDATE_INTERVAL,
    GovernanceKey.USE_GINI_COEFFICIENT
  };

  private static final GovernanceKey[] FROM_MAGMA = {
    GovernanceKey.LOWER_BOUND_BASE_FEE,
    GovernanceKey.UPPER_BOUND_BASE_FEE,
    GovernanceKey.GAS_TARGET,
    GovernanceKey.MAX_BLOCK_GAS_USED,
    GovernanceKey.BASE_FEE_DENOMINATOR
  };

  private GovernanceData() {}

  /** What a genesis block says: thirteen parameters, and those of the forks that start with it. */
  static Bytes ofGenesis(ForkSchedule forks, GovernanceParameters parameters) {
    Map<GovernanceKey, JsonNode> named = new EnumMap<>(GovernanceKey.class);
    put(named, parameters, ALWAYS);
    if (forks.isActive(Fork.MAGMA, 0)
        && parameters.named().contains(GovernanceKey.LOWER_BOUND_BASE_FEE)) {
      put(named, parameters, FROM_MAGMA);
    }
    if (forks.isActive(Fork.KORE, 0)) {
      put(named, parameters, GovernanceKey.DERIVE_SHA_IMPL);
      if (!parameters.json(GovernanceKey.GOV_PARAM_CONTRACT).asText().equals(zeroAddress())) {
        put(named, parameters, GovernanceKey.GOV_PARAM_CONTRACT);
      }
      if (parameters.named().contains(GovernanceKey.KIP82_RATIO)) {
        put(named, parameters, GovernanceKey.KIP82_RATIO);
      }
    }
    return encode(named);
  }

  private static String zeroAddress() {
    return Address.ZERO.toHex();
  }

  private static void put(
      Map<GovernanceKey, JsonNode> named, GovernanceParameters parameters, GovernanceKey... keys) {
    for (GovernanceKey key : keys) {
      named.put(key, parameters.json(key));
    }
  }

  /** The header field for these values. */
  public static Bytes encode(Map<GovernanceKey, JsonNode> values) {
    TreeMap<String, JsonNode> sorted = new TreeMap<>();
    values.forEach((key, json) -> sorted.put(key.label(), json));
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    sorted.forEach(object::set);
    byte[] text = object.toString().getBytes(StandardCharsets.UTF_8);
    return new RlpWriter().bytes(text).toBytes();
  }

  /**
   * Reads the header field.
   *
   * @throws DecodingException if it is no such JSON, or names an unknown parameter
   */
  public static Map<GovernanceKey, JsonNode> decode(Bytes field) {
    RlpReader reader = RlpReader.of(field);
    byte[] text = reader.readBytes().toArray();
    reader.expectEnd();
    Map<GovernanceKey, JsonNode> values = new EnumMap<>(GovernanceKey.class);
    for (Map.Entry<String, JsonNode> entry : object(text).properties()) {
      GovernanceKey key =
          GovernanceKey.ofLabel(entry.getKey())
              .orElseThrow(
                  () -> new DecodingException("unknown governance parameter " + entry.getKey()));
      values.put(key, entry.getValue());
    }
    return values;
  }

  private static JsonNode object(byte[] text) {
    try {
      JsonNode json = JSON.readTree(new String(text, StandardCharsets.UTF_8));
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new DecodingException("governance data is no JSON: " + e.getOriginalMessage(), e);
    }
    throw new DecodingException("governance data is no JSON object");
  }
}
