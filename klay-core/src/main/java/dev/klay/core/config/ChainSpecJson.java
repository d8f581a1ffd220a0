package dev.klay.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.SealRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A chain's specification as Klaytn's genesis.json with what Klaytn's file does not say in {@code
 * config.klay}.
 */
final class ChainSpecJson {
  private static final String SECTION = "klay";
  private static final String STATE = "state";
  private static final long MILLIS_MAX = 86_400_000;

  private ChainSpecJson() {}

  static String write(ChainSpec spec) {
    ObjectNode root = new GenesisWriter(spec.genesis()).write();
    ObjectNode json = root.withObject("/config").putObject(SECTION);
    json.put("name", spec.name());
    json.put("kind", spec.kind().name());
    json.put("sealRule", spec.sealRule().id());
    json.put("proposerPolicy", spec.proposerPolicy().name());
    json.put("blockPeriodMillis", spec.blockPeriodMillis());
    json.put("emptyPeriodMillis", spec.emptyPeriodMillis());
    json.put("maxDriftMillis", spec.maxDriftMillis());
    json.put("blockSizeMaxBytes", spec.blockSizeMaxBytes());
    json.put("blockGasMax", spec.blockGasMax());
    if (!spec.proposerWeights().isEmpty()) {
      ObjectNode weights = json.putObject("proposerWeights");
      spec.proposerWeights().forEach((address, weight) -> weights.put(address.toHex(), weight));
    }
    spec.genesis().carried().ifPresent(state -> write(json.putObject(STATE), state.origin()));
    spec.faucet()
        .ifPresent(
            rule -> {
              ObjectNode faucet = json.putObject("faucet");
              faucet.put("amountPeb", rule.amount().peb().toBigInteger().toString());
              faucet.put("cooldownBlocks", rule.cooldownBlocks());
            });
    return root.toPrettyString() + "\n";
  }

  static ChainSpec read(String text) {
    Genesis genesis = Genesis.parse(text);
    try {
      JsonNode json = new JsonMapper().readTree(text).path("config").path(SECTION);
      if (!json.isObject()) {
        throw new InvalidGenesisException(
            "config has no object " + SECTION + ": this is another network's genesis");
      }
      String rule = text(json, "sealRule");
      return new ChainSpec(
          text(json, "name"),
          NetworkKind.valueOf(text(json, "kind")),
          genesis.withCarried(state(json.path(STATE))),
          Arrays.stream(SealRule.values())
              .filter(known -> known.id().equals(rule))
              .findFirst()
              .orElseThrow(() -> new InvalidGenesisException("no seal rule is named " + rule)),
          ProposerPolicy.valueOf(text(json, "proposerPolicy")),
          number(json, "blockPeriodMillis", MILLIS_MAX),
          number(json, "emptyPeriodMillis", MILLIS_MAX),
          number(json, "maxDriftMillis", MILLIS_MAX),
          (int) number(json, "blockSizeMaxBytes", 64 << 20),
          number(json, "blockGasMax", Long.MAX_VALUE),
          faucet(json.path("faucet")),
          weights(json.path("proposerWeights")));
    } catch (JsonProcessingException e) {
      throw new InvalidGenesisException("genesis is no JSON: " + e.getOriginalMessage(), e);
    } catch (DecodingException | IllegalArgumentException e) {
      throw new InvalidGenesisException("config." + SECTION + ": " + e.getMessage(), e);
    }
  }

  private static void write(ObjectNode json, StateOrigin origin) {
    json.put("chainId", origin.chainId());
    json.put("genesisHash", origin.genesisHash().toHex());
    json.put("height", origin.height());
    json.put("blockHash", origin.blockHash().toHex());
    json.put("time", origin.time());
    json.put("stateRoot", origin.stateRoot().toHex());
    json.put("supplyPeb", origin.supply().peb().toBigInteger().toString());
    ArrayNode validators = json.putArray("validators");
    origin.validators().forEach(address -> validators.add(address.toHex()));
  }

  /** What the chain starts from, without the accounts: those are in a file of their own. */
  private static Optional<CarriedState> state(JsonNode json) {
    if (!json.isObject()) {
      return Optional.empty();
    }
    List<Address> validators = new ArrayList<>();
    json.path("validators").forEach(each -> validators.add(Address.parse(each.asText())));
    return Optional.of(
        CarriedState.announced(
            new StateOrigin(
                number(json, "chainId", Long.MAX_VALUE),
                Hash.fromHex(text(json, "genesisHash")),
                number(json, "height", Long.MAX_VALUE),
                Hash.fromHex(text(json, "blockHash")),
                number(json, "time", Long.MAX_VALUE),
                Hash.fromHex(text(json, "stateRoot")),
                Amount.peb(UInt256.of(new BigInteger(text(json, "supplyPeb")))),
                validators)));
  }

  private static SortedMap<Address, Integer> weights(JsonNode json) {
    TreeMap<Address, Integer> weights = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      long weight = number(json, entry.getKey(), ProposerPolicy.WEIGHT_MAX);
      weights.put(Address.parse(entry.getKey()), (int) weight);
    }
    return weights;
  }

  private static Optional<FaucetRule> faucet(JsonNode json) {
    return json.isObject()
        ? Optional.of(
            new FaucetRule(
                Amount.peb(UInt256.of(new BigInteger(text(json, "amountPeb")))),
                number(json, "cooldownBlocks", Long.MAX_VALUE)))
        : Optional.empty();
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new InvalidGenesisException(field + " is no text");
    }
    return value.textValue();
  }

  private static long number(JsonNode json, String field, long max) {
    JsonNode value = json.path(field);
    boolean isNumber = value.isIntegralNumber() && value.canConvertToLong();
    if (!isNumber || value.longValue() < 0 || value.longValue() > max) {
      throw new InvalidGenesisException(field + " is 0 to " + max + ", not " + value);
    }
    return value.longValue();
  }
}
