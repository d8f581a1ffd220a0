package dev.klay.core.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.config.Genesis;
import dev.klay.crypto.conformance.Vectors;
import java.nio.file.Path;

/**
 * The genesis of a recorded chain. Where its Randao fork installs the registry contract, whose code
 * this program does not carry, the code is taken from the chain's own dump of its last state; the
 * state roots of all blocks behind the fork say whether the rest was installed as it must.
 */
public final class KlaytnGenesis {
  private static final String REGISTRY = "0000000000000000000000000000000000000401";

  private KlaytnGenesis() {}

  public static Genesis of(Path folder) {
    JsonNode genesis = Vectors.read(folder.resolve("genesis.json"));
    if (genesis.path("config").path("randaoRegistry") instanceof ObjectNode registry) {
      JsonNode accounts = Vectors.read(folder.resolve("final-state.json")).path("accounts");
      registry.put("code", "0x" + accounts.path(REGISTRY).path("code").asText());
    }
    return Genesis.parse(genesis.toString());
  }
}
