package dev.klay.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.util.Map;

/** Writes a genesis.json that {@link GenesisReader} reads back as the same genesis. */
final class GenesisWriter {
  private final Genesis genesis;
  private final ObjectNode root = new JsonMapper().createObjectNode();

  GenesisWriter(Genesis genesis) {
    this.genesis = genesis;
  }

  ObjectNode write() {
    if (!genesis.rebalances().isEmpty()) {
      throw new IllegalArgumentException("a chain of Klaytn's keeps the genesis file it came with");
    }
    ObjectNode config = root.putObject("config");
    config.put("chainId", genesis.chainId());
    for (Fork fork : Fork.values()) {
      genesis.forks().firstBlock(fork).ifPresent(block -> config.put(fork.configKey(), block));
    }
    writeParameters(config);
    genesis.registry().ifPresent(registry -> writeRegistry(config, registry));
    root.put("timestamp", hex(BigInteger.valueOf(genesis.time())));
    root.put("extraData", genesis.extra().toHex());
    root.put("blockScore", hex(genesis.blockScore().toBigInteger()));
    ObjectNode alloc = root.putObject("alloc");
    genesis.alloc().forEach((address, account) -> write(alloc.putObject(address.toHex()), account));
    return root;
  }

  private void writeParameters(ObjectNode config) {
    for (Map.Entry<GovernanceKey, String> place : GenesisReader.PATHS.entrySet()) {
      boolean named = genesis.parameters().named().contains(place.getKey());
      if (named || place.getKey() == GovernanceKey.UNIT_PRICE) { // missing, that one would be 0
        put(config, place.getValue(), genesis.parameters().json(place.getKey()));
      }
    }
  }

  /** Sets the value at a path such as {@code /governance/reward/ratio}. */
  private static void put(ObjectNode config, String path, JsonNode value) {
    String[] steps = path.substring(1).split("/");
    ObjectNode at = config;
    for (int i = 0; i < steps.length - 1; i++) {
      at = at.withObject("/" + steps[i]);
    }
    at.set(steps[steps.length - 1], value);
  }

  private static void writeRegistry(ObjectNode config, RandaoRegistry registry) {
    ObjectNode json = config.putObject("randaoRegistry");
    ObjectNode records = json.putObject("records");
    registry.records().forEach((name, address) -> records.put(name, address.toHex()));
    json.put("owner", registry.owner().toHex());
    registry.code().ifPresent(code -> json.put("code", code.toHex()));
  }

  private static void write(ObjectNode json, GenesisAccount account) {
    json.put("balance", hex(account.balance().peb().toBigInteger()));
    if (account.nonce() != 0) {
      json.put("nonce", hex(new BigInteger(Long.toUnsignedString(account.nonce()))));
    }
    if (!account.code().isEmpty()) {
      json.put("code", account.code().toHex());
    }
    if (!account.storage().isEmpty()) {
      ObjectNode storage = json.putObject("storage");
      account
          .storage()
          .forEach(
              (slot, word) ->
                  storage.put(
                      Bytes.wrap(slot.toBytes32()).toHex(), Bytes.wrap(word.toBytes32()).toHex()));
    }
  }

  private static String hex(BigInteger number) {
    return "0x" + number.toString(16);
  }
}
