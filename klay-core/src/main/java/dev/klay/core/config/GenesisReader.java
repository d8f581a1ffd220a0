package dev.klay.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads a genesis.json; fields that a chain does not depend on are left aside. */
final class GenesisReader {
  /** Where each parameter stands below {@code config}. */
  static final Map<GovernanceKey, String> PATHS = new EnumMap<>(GovernanceKey.class);

  static {
    PATHS.put(GovernanceKey.GOVERNANCE_MODE, "/governance/governanceMode");
    PATHS.put(GovernanceKey.GOVERNING_NODE, "/governance/governingNode");
    PATHS.put(GovernanceKey.GOV_PARAM_CONTRACT, "/governance/govParamContract");
    PATHS.put(GovernanceKey.UNIT_PRICE, "/unitPrice");
    PATHS.put(GovernanceKey.DERIVE_SHA_IMPL, "/deriveShaImpl");
    PATHS.put(GovernanceKey.EPOCH, "/istanbul/epoch");
    PATHS.put(GovernanceKey.POLICY, "/istanbul/policy");
    PATHS.put(GovernanceKey.COMMITTEE_SIZE, "/istanbul/sub");
    PATHS.put(GovernanceKey.MINTING_AMOUNT, "/governance/reward/mintingAmount");
    PATHS.put(GovernanceKey.RATIO, "/governance/reward/ratio");
    PATHS.put(GovernanceKey.KIP82_RATIO, "/governance/reward/kip82ratio");
    PATHS.put(GovernanceKey.USE_GINI_COEFFICIENT, "/governance/reward/useGiniCoeff");
    PATHS.put(GovernanceKey.DEFERRED_TX_FEE, "/governance/reward/deferredTxFee");
    PATHS.put(GovernanceKey.MINIMUM_STAKE, "/governance/reward/minimumStake");
    PATHS.put(GovernanceKey.STAKING_UPDATE_INTERVAL, "/governance/reward/stakingUpdateInterval");
    PATHS.put(GovernanceKey.PROPOSER_UPDATE_INTERVAL, "/governance/reward/proposerUpdateInterval");
    PATHS.put(GovernanceKey.LOWER_BOUND_BASE_FEE, "/governance/kip71/lowerboundbasefee");
    PATHS.put(GovernanceKey.UPPER_BOUND_BASE_FEE, "/governance/kip71/upperboundbasefee");
    PATHS.put(GovernanceKey.GAS_TARGET, "/governance/kip71/gastarget");
    PATHS.put(GovernanceKey.MAX_BLOCK_GAS_USED, "/governance/kip71/maxblockgasusedforbasefee");
    PATHS.put(GovernanceKey.BASE_FEE_DENOMINATOR, "/governance/kip71/basefeedenominator");
  }

  private static final List<String> REBALANCES = List.of("kip103", "kip160");

  private static final UInt256 DEFAULT_BLOCK_SCORE = UInt256.of(131_072);

  private final JsonNode root;

  GenesisReader(String json) {
    try {
      root = new JsonMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new InvalidGenesisException("genesis is no JSON: " + e.getOriginalMessage(), e);
    }
    if (root == null || !root.isObject()) {
      throw new InvalidGenesisException("genesis is no JSON object");
    }
  }

  Genesis read() {
    JsonNode config = root.path("config");
    if (!config.isObject()) {
      throw new InvalidGenesisException("genesis has no config object");
    }
    if (in("number", () -> unsigned(root.path("number"), 0)) != 0) {
      throw new InvalidGenesisException("the number of a genesis block is 0");
    }
    if (config.path("chainId").isMissingNode()) {
      throw new InvalidGenesisException("config has no chainId");
    }
    return new Genesis(
        in("config.chainId", () -> unsigned(config.path("chainId"), 0)),
        forks(config),
        parameters(config),
        in("timestamp", () -> unsigned(root.path("timestamp"), 0)),
        in("extraData", () -> bytes(root.path("extraData"))),
        in("blockScore", () -> blockScore(root.path("blockScore"))),
        alloc(root.path("alloc")),
        registry(config.path("randaoRegistry")),
        rebalances(config));
  }

  /** Blocks that move treasuries; a chain that never does sets them to 0 or leaves them out. */
  private static SortedMap<Long, String> rebalances(JsonNode config) {
    SortedMap<Long, String> blocks = new TreeMap<>();
    for (String kip : REBALANCES) {
      String field = kip + "CompatibleBlock";
      long block = in("config." + field, () -> unsigned(config.path(field), 0));
      if (block > 0) {
        blocks.merge(block, kip.toUpperCase(Locale.ROOT), (one, other) -> one + " and " + other);
      }
    }
    return blocks;
  }

  private static ForkSchedule forks(JsonNode config) {
    Map<Fork, Long> blocks = new EnumMap<>(Fork.class);
    for (Fork fork : Fork.values()) {
      JsonNode block = config.path(fork.configKey());
      if (!block.isMissingNode() && !block.isNull()) {
        blocks.put(fork, in("config." + fork.configKey(), () -> unsigned(block, 0)));
      }
    }
    return new ForkSchedule(blocks);
  }

  /** A chain without a unit price in its file has the price 0, not the default. */
  private static GovernanceParameters parameters(JsonNode config) {
    Map<GovernanceKey, JsonNode> named = new EnumMap<>(GovernanceKey.class);
    PATHS.forEach(
        (key, path) -> {
          JsonNode value = config.at(path);
          if (!value.isMissingNode() && !value.isNull()) {
            named.put(key, value);
          }
        });
    named.computeIfAbsent(
        GovernanceKey.UNIT_PRICE, k -> ParameterType.UINT.toJson(Long.valueOf(0)));
    return GovernanceParameters.DEFAULT.with(named);
  }

  private static SortedMap<Address, GenesisAccount> alloc(JsonNode alloc) {
    SortedMap<Address, GenesisAccount> accounts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : alloc.properties()) {
      String field = "alloc." + entry.getKey();
      Address address = in(field, () -> Address.parse(entry.getKey()));
      accounts.put(address, in(field, () -> account(entry.getValue())));
    }
    return accounts;
  }

  private static GenesisAccount account(JsonNode json) {
    if (json.path("balance").isMissingNode()) {
      throw new InvalidGenesisException("has no balance");
    }
    SortedMap<UInt256, UInt256> storage = new TreeMap<>();
    for (Map.Entry<String, JsonNode> slot : json.path("storage").properties()) {
      storage.put(word(slot.getKey()), word(slot.getValue().asText()));
    }
    return new GenesisAccount(
        Amount.peb(UInt256.of(ParameterType.integer(json.path("balance")))),
        unsigned(json.path("nonce"), 0),
        bytes(json.path("code")),
        storage);
  }

  private static Optional<RandaoRegistry> registry(JsonNode json) {
    if (!json.isObject()) {
      return Optional.empty();
    }
    SortedMap<String, Address> records = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.path("records").properties()) {
      records.put(entry.getKey(), Address.parse(entry.getValue().asText()));
    }
    Bytes code = bytes(json.path("code"));
    return Optional.of(
        new RandaoRegistry(
            records,
            Address.parse(json.path("owner").asText()),
            code.isEmpty() ? Optional.empty() : Optional.of(code)));
  }

  private static UInt256 word(String hex) {
    return UInt256.fromBytes(Bytes.fromHex(hex).toArray());
  }

  private static Bytes bytes(JsonNode json) {
    return json.isMissingNode() || json.isNull() ? Bytes.EMPTY : Bytes.fromHex(json.asText());
  }

  private static UInt256 blockScore(JsonNode json) {
    return json.isMissingNode() || json.isNull()
        ? DEFAULT_BLOCK_SCORE
        : UInt256.of(ParameterType.integer(json));
  }

  private static long unsigned(JsonNode json, long missing) {
    if (json.isMissingNode() || json.isNull()) {
      return missing;
    }
    BigInteger number = ParameterType.integer(json);
    if (number.signum() < 0 || number.bitLength() > 63) {
      throw new InvalidGenesisException("not an integer of 63 bits: " + json);
    }
    return number.longValueExact();
  }

  /** Names the field in what goes wrong with it. */
  private static <T> T in(String field, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DecodingException | IllegalArgumentException | ArithmeticException e) {
      throw new InvalidGenesisException(field + ": " + e.getMessage(), e);
    }
  }
}
