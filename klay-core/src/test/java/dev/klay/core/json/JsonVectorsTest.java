package dev.klay.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.Header;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
class JsonVectorsTest {
  @Test
  void aHeaderLooksToEthereumsToolsAsKlaytnShowsIt() {
    try (Tally tally = new Tally("klaytn-rpc-eth-header")) {
      Vectors.topic("klaytn", "rpc-eth-header")
          .forEach(
              (name, file) -> {
                tally.run(name, () -> checkHeader(file, Fork.LONDON, false));
                tally.run(name + " later", () -> checkHeader(file, Fork.ETH_TX_TYPE, true));
              });
    }
  }

  private static void checkHeader(JsonNode file, Fork last, boolean later) {
    JsonNode given = file.get("header");
    Header header =
        new Header(
            hash(given, "parentHash"),
            Address.parse(given.get("reward").asText()),
            hash(given, "stateRoot"),
            hash(given, "transactionsRoot"),
            hash(given, "receiptsRoot"),
            new Bloom(bytes(given, "logsBloom")),
            UInt256.of(given.get("blockScore").asLong()),
            given.get("number").asLong(),
            given.get("gasUsed").asLong(),
            given.get("time").asLong(),
            given.get("timeFoS").asInt(),
            bytes(given, "extra"),
            bytes(given, "governance"),
            bytes(given, "vote"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    JsonNode json =
        HeaderJson.eth(
            header,
            header.hash(SealRule.ISTANBUL),
            Address.parse(file.get("author").asText()),
            UInt256.of(file.get("totalBlockScore").asLong()),
            ForkSchedule.allFromGenesis(last));
    RecordedAnswersTest.assertContains("", json, file.get("expected"));
    assertThat(json.has("baseFeePerGas")).isEqualTo(later);
    if (later) {
      RecordedAnswersTest.assertContains("", json, file.get("withEthTxTypeForkAdd"));
    }
  }

  @Test
  void everyAccountKeyIsWrittenAndReadBack() {
    try (Tally tally = new Tally("klaytn-accountkeys-json")) {
      for (JsonNode file : Vectors.topic("klaytn", "accountkeys").values()) {
        for (JsonNode vector : file.get("accountKeys")) {
          AccountKey key = AccountKey.decode(bytes(vector, "rlp"));
          tally.run(
              vector.get("id").asText(),
              () -> {
                JsonNode json = AccountKeyJson.write(key);
                assertThat(json.get("keyType").asInt()).isEqualTo(vector.get("keyType").asInt());
                assertThat(AccountKeyJson.read(json)).isEqualTo(key);
              });
        }
      }
    }
  }

  @Test
  void coordinatesMayHaveLeadingZeros() {
    AccountKey key = keyWithShortCoordinate();
    ObjectNode json = AccountKeyJson.write(key);
    ObjectNode point = (ObjectNode) json.get("key");
    String digits = point.get("x").asText().substring(2);
    point.put("x", "0x" + "0".repeat(64 - digits.length()) + digits);
    assertThat(AccountKeyJson.read(json)).isEqualTo(key);
    point.put("x", "0x" + "0".repeat(65 - digits.length()) + digits);
    assertThatThrownBy(() -> AccountKeyJson.read(json)).isInstanceOf(DecodingException.class);
  }

  private static AccountKey keyWithShortCoordinate() {
    for (int secret = 1; secret < 1_000; secret++) {
      try (PrivateKey owner = PrivateKey.fromHex(String.format("0x%064x", secret))) {
        AccountKey key = new AccountKeyPublic(owner.publicKey());
        if (AccountKeyJson.write(key).at("/key/x").asText().length() < 66) {
          return key;
        }
      }
    }
    throw new AssertionError("one in sixteen has one");
  }

  @Test
  void whatIsNoAccountKeyOrNumberIsRefused() {
    JsonNode empty = JsonNodeFactory.instance.objectNode();
    assertThatThrownBy(() -> AccountKeyJson.read(empty)).isInstanceOf(DecodingException.class);
    JsonNode pointless = JsonNodeFactory.instance.objectNode().put("keyType", 2);
    assertThatThrownBy(() -> AccountKeyJson.read(pointless)).isInstanceOf(DecodingException.class);
    for (String text : new String[] {"", "0x", "0x01", "12", "0xg", "0x" + "1".repeat(65)}) {
      assertThatThrownBy(() -> Quantity.parse(TextNode.valueOf(text)))
          .isInstanceOf(DecodingException.class);
    }
    assertThat(Quantity.parseLong(TextNode.valueOf("0xffffffffffffffff"))).isEqualTo(-1);
    assertThat(Map.of("0x0", 0L, "0x10", 16L))
        .allSatisfy(
            (text, number) -> {
              assertThat(Quantity.parseLong(TextNode.valueOf(text))).isEqualTo(number);
              assertThat(Quantity.of(number)).isEqualTo(text);
            });
  }

  private static Hash hash(JsonNode json, String field) {
    return Hash.fromHex(json.get(field).asText());
  }

  private static Bytes bytes(JsonNode json, String field) {
    return Bytes.fromHex(json.get(field).asText());
  }
}
