package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.FaucetRule;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.proof.SealRule;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A chain's specification as a client needs it: all but what the genesis gives to accounts, and the
 * registry contract. Our own shape.
 */
public final class ChainSpecJson {
  private ChainSpecJson() {}

  public static ObjectNode write(ChainSpec spec) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", spec.name());
    json.put("kind", spec.kind().name());
    json.put("chainId", Quantity.of(spec.chainId()));
    json.put("sealRule", spec.sealRule().name());
    json.put("proposerPolicy", spec.proposerPolicy().name());
    json.put("blockPeriodMillis", spec.blockPeriodMillis());
    json.put("emptyPeriodMillis", spec.emptyPeriodMillis());
    json.put("maxDriftMillis", spec.maxDriftMillis());
    json.put("blockSizeMaxBytes", spec.blockSizeMaxBytes());
    json.put("blockGasMax", spec.blockGasMax());
    json.put("time", spec.genesis().time());
    json.put("extraData", spec.genesis().extra().toHex());
    json.put("blockScore", Quantity.of(spec.genesis().blockScore()));
    ObjectNode weights = json.putObject("proposerWeights");
    spec.proposerWeights().forEach((address, weight) -> weights.put(address.toHex(), weight));
    ObjectNode forks = json.putObject("forks");
    for (Fork fork : Fork.values()) {
      spec.genesis().forks().firstBlock(fork).ifPresent(block -> forks.put(fork.name(), block));
    }
    ObjectNode parameters = json.putObject("parameters");
    GovernanceParameters governance = spec.genesis().parameters();
    governance.named().forEach(key -> parameters.set(key.name(), governance.json(key)));
    spec.faucet()
        .ifPresent(
            faucet -> {
              ObjectNode rule = json.putObject("faucet");
              rule.put("amount", Quantity.of(faucet.amount()));
              rule.put("cooldownBlocks", faucet.cooldownBlocks());
            });
    return json;
  }

  /**
   * Reads what {@link #write} wrote; the genesis gives nothing to anybody.
   *
   * @throws DecodingException if it is anything else
   */
  public static ChainSpec read(JsonNode json) {
    Fields fields = new Fields(json);
    try {
      return new ChainSpec(
          fields.node("name").asText(),
          NetworkKind.valueOf(fields.node("kind").asText()),
          genesis(fields),
          SealRule.valueOf(fields.node("sealRule").asText()),
          ProposerPolicy.valueOf(fields.node("proposerPolicy").asText()),
          fields.node("blockPeriodMillis").asLong(),
          fields.node("emptyPeriodMillis").asLong(),
          fields.node("maxDriftMillis").asLong(),
          fields.node("blockSizeMaxBytes").asInt(),
          fields.node("blockGasMax").asLong(),
          faucet(fields),
          weights(fields));
    } catch (IllegalArgumentException e) {
      throw new DecodingException("no specification of a chain: " + e.getMessage(), e);
    }
  }

  private static SortedMap<Address, Integer> weights(Fields fields) {
    TreeMap<Address, Integer> weights = new TreeMap<>();
    if (fields.has("proposerWeights")) { // nodes of older versions do not tell
      fields
          .node("proposerWeights")
          .properties()
          .forEach(each -> weights.put(Address.parse(each.getKey()), each.getValue().asInt()));
    }
    return weights;
  }

  private static Genesis genesis(Fields fields) {
    Map<Fork, Long> forks = new EnumMap<>(Fork.class);
    fields
        .node("forks")
        .properties()
        .forEach(fork -> forks.put(Fork.valueOf(fork.getKey()), fork.getValue().asLong()));
    Map<GovernanceKey, JsonNode> parameters = new EnumMap<>(GovernanceKey.class);
    fields
        .node("parameters")
        .properties()
        .forEach(each -> parameters.put(GovernanceKey.valueOf(each.getKey()), each.getValue()));
    return new Genesis(
        fields.number("chainId"),
        new ForkSchedule(forks),
        GovernanceParameters.DEFAULT.with(parameters),
        fields.node("time").asLong(),
        fields.bytes("extraData"),
        fields.quantity("blockScore"),
        new TreeMap<>(),
        Optional.empty());
  }

  private static Optional<FaucetRule> faucet(Fields fields) {
    if (!fields.has("faucet")) {
      return Optional.empty();
    }
    Fields rule = new Fields(fields.node("faucet"));
    return Optional.of(new FaucetRule(rule.amount("amount"), rule.node("cooldownBlocks").asLong()));
  }
}
