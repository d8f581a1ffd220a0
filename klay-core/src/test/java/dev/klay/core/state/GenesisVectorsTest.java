package dev.klay.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.account.Account;
import dev.klay.core.account.AccountLeaf;
import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** State roots and trie leaves of Klaytn genesis allocations; one case per root and leaf. */
@Tag("conformance")
class GenesisVectorsTest {
  @Test
  void allocationsHaveTheExpectedRootAndLeaves() {
    List<Path> files = Vectors.files("klaytn/genesis", ".json");
    try (Tally tally = new Tally("klaytn-genesis-leaves")) {
      for (Path file : files) {
        JsonNode vector = Vectors.read(file);
        JsonNode expected = vector.get("expected");
        WorldState state = allocated(vector.get("genesis").get("alloc"));
        tally.run(
            file.getFileName() + " root",
            () -> assertThat(state.rootHash()).isEqualTo(hash(expected.get("stateRoot"))));
        for (Map.Entry<String, JsonNode> leaf : expected.path("accountTrieLeaves").properties()) {
          tally.run(
              file.getFileName() + " " + leaf.getKey(),
              () -> checkLeaf(state, Address.parse(leaf.getKey()), leaf.getValue()));
        }
      }
    }
  }

  private static void checkLeaf(WorldState state, Address address, JsonNode leaf) {
    Account account = state.account(address).orElseThrow();
    Bytes encoded = Bytes.fromHex(leaf.get("rlp").textValue());
    assertThat(account.encode()).isEqualTo(encoded);
    assertThat(AccountLeaf.decode(encoded)).isEqualTo(account.leaf());
    Hash key = hash(leaf.get("trieKey"));
    assertThat(state.proof(address).verify(state.rootHash(), key)).contains(encoded);
    if (leaf.has("codeHash")) {
      assertThat(account.code().hash()).isEqualTo(hash(leaf.get("codeHash")));
    }
  }

  private static WorldState allocated(JsonNode alloc) {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    for (Map.Entry<String, JsonNode> entry : alloc.properties()) {
      allocate(updater, Address.parse(entry.getKey()), entry.getValue());
    }
    return updater.build(false);
  }

  private static void allocate(StateUpdater updater, Address address, JsonNode account) {
    updater.addBalance(address, Amount.peb(number(account.path("balance").asText("0"))));
    Bytes code = Bytes.fromHex(account.path("code").asText("0x"));
    JsonNode storage = account.path("storage");
    if (!code.isEmpty() || !storage.isEmpty()) {
      updater.createContract(address);
      updater.setCode(address, Code.of(code, CodeInfo.BEFORE_ISTANBUL));
      storage
          .properties()
          .forEach(
              e ->
                  updater.setStorage(
                      address,
                      UInt256.fromHex(e.getKey()),
                      UInt256.fromHex(e.getValue().textValue())));
    }
    updater.setNonce(address, number(account.path("nonce").asText("0")).longValueExact());
  }

  private static BigInteger number(String text) {
    return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
  }

  private static Hash hash(JsonNode hex) {
    return Hash.fromHex(hex.textValue());
  }
}
