package dev.klay.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.account.Account;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.RandaoRegistry;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The registry as Klaytn's nodes left it in the states of chains that crossed the Randao fork. */
class RegistryContractTest {
  @Test
  @Tag("conformance")
  void theInstalledRegistryHasKlaytnsStorage() {
    try (Tally tally = new Tally("klaytn-registry")) {
      for (Path folder : Vectors.folders("klaytn", "chain-")) {
        JsonNode accounts = Vectors.read(folder.resolve("final-state.json")).get("accounts");
        JsonNode recorded = accounts.path(RegistryContract.ADDRESS.toHex().substring(2));
        if (recorded.isObject()) {
          tally.run(folder.getFileName().toString(), () -> check(folder, recorded));
        }
      }
    }
  }

  private static void check(Path folder, JsonNode recorded) throws IOException {
    Optional<RandaoRegistry> registry =
        Genesis.parse(Files.readString(folder.resolve("genesis.json"))).registry();
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    Bytes code = Bytes.fromHex("0x" + recorded.get("code").asText());
    RegistryContract.install(state, registry.orElseThrow(), code);
    Account account = state.build(true).account(RegistryContract.ADDRESS).orElseThrow();
    assertThat(account.storage().rootHash().toHex())
        .isEqualTo("0x" + recorded.get("root").asText());
    assertThat(account.code().hash().toHex()).isEqualTo("0x" + recorded.get("codeHash").asText());
    assertThat(account.nonce()).isEqualTo(recorded.get("nonce").asLong());
  }

  @Test
  void anotherCodeIsNotInstalled() {
    RandaoRegistry registry = new RandaoRegistry(new TreeMap<>(), Address.ZERO, Optional.empty());
    StateUpdater state = new StateUpdater(WorldState.EMPTY);
    assertThatThrownBy(() -> RegistryContract.install(state, registry, Bytes.of((byte) 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(RegistryContract.CODE_HASH.toHex());
  }
}
