package dev.klay.client.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ABITests of ethereum/tests, and the selectors and topics of Klaytn's token standards. */
@Tag("conformance")
class AbiConformanceTest {
  @Test
  void publishedVectors() {
    List<Path> files = Vectors.files("ethereum/abi", ".json");
    try (Tally tally = new Tally("abi")) {
      for (Path file : files) {
        Vectors.read(file)
            .properties()
            .forEach(e -> tally.run(e.getKey(), () -> check(e.getValue())));
      }
    }
  }

  private static void check(JsonNode vector) {
    List<String> types = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < vector.path("types").size(); i++) {
      String type = vector.path("types").get(i).asText();
      types.add(type);
      values.add(value(AbiType.parse(type), vector.path("args").get(i)));
    }
    Bytes encoded = Bytes.fromHex("0x" + vector.path("result").asText().replaceFirst("^0x", ""));
    assertThat(Abi.encode(types, values)).isEqualTo(encoded);
    assertThat(Abi.decode(types, encoded)).isEqualTo(values);
  }

  private static Object value(AbiType type, JsonNode json) {
    if (type instanceof AbiType.Uint || type instanceof AbiType.Int) {
      return new BigInteger(json.asText());
    }
    if (type instanceof AbiType.Bool) {
      return json.asBoolean();
    }
    if (type instanceof AbiType.AccountAddress) {
      return Address.parse(json.asText());
    }
    if (type instanceof AbiType.Text) {
      return json.asText();
    }
    if (json.isArray()) {
      AbiType element =
          type instanceof AbiType.FixedArray array
              ? array.element()
              : ((AbiType.DynamicArray) type).element();
      List<Object> values = new ArrayList<>();
      json.forEach(each -> values.add(value(element, each)));
      return values;
    }
    return Bytes.wrap(json.asText().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void selectorsAndInterfaceIdsOfTheTokenStandards() {
    JsonNode tokens = Vectors.json("klaytn/tokens.json");
    try (Tally tally = new Tally("token-interfaces")) {
      for (Map.Entry<String, JsonNode> each : tokens.path("interfaces").properties()) {
        tally.run(each.getKey(), () -> checkInterface(each.getValue()));
      }
      for (Map.Entry<String, JsonNode> event : tokens.path("events").properties()) {
        tally.run(
            event.getKey(),
            () ->
                assertThat(AbiEvent.parse(event.getKey()).topic())
                    .isEqualTo(Hash.fromHex(event.getValue().asText())));
      }
    }
  }

  private static void checkInterface(JsonNode described) {
    BigInteger id = BigInteger.ZERO;
    for (Map.Entry<String, JsonNode> function : described.path("functions").properties()) {
      Bytes selector = AbiFunction.parse(function.getKey()).selector();
      assertThat(selector.toHex()).isEqualTo(function.getValue().asText());
      id = id.xor(new BigInteger(1, selector.toArray()));
    }
    assertThat(String.format("0x%08x", id)).isEqualTo(described.path("interfaceId").asText());
  }
}
