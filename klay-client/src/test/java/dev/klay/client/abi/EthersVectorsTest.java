package dev.klay.client.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sixty random sequences, nested up to three deep, as ethers 6 encodes them. */
class EthersVectorsTest {
  @Test
  void everySequenceIsEncodedAndDecodedAlike() throws IOException {
    JsonNode cases;
    try (InputStream file = EthersVectorsTest.class.getResourceAsStream("ethers.json")) {
      cases = new JsonMapper().readTree(file);
    }
    assertThat(cases).hasSize(60);
    for (JsonNode each : cases) {
      List<String> types = new ArrayList<>();
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < each.path("types").size(); i++) {
        types.add(each.path("types").get(i).asText());
        values.add(value(AbiType.parse(types.get(i)), each.path("args").get(i)));
      }
      Bytes encoded = Bytes.fromHex(each.path("result").asText());
      assertThat(Abi.encode(types, values)).as(types.toString()).isEqualTo(encoded);
      assertThat(Abi.encode(types, Abi.decode(types, encoded))).isEqualTo(encoded);
      assertThat(Abi.decode(types, encoded)).as(types.toString()).isEqualTo(values);
    }
  }

  private static Object value(AbiType type, JsonNode json) {
    if (type instanceof AbiType.Tuple tuple) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < json.size(); i++) {
        values.add(value(tuple.components().get(i).type(), json.get(i)));
      }
      return AbiTuple.of(tuple.components(), values);
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
    if (type instanceof AbiType.Uint || type instanceof AbiType.Int) {
      return new BigInteger(json.asText());
    }
    if (type instanceof AbiType.AccountAddress) {
      return Address.parse(json.asText());
    }
    return json.isBoolean()
        ? json.asBoolean()
        : type instanceof AbiType.Text ? json.asText() : Bytes.fromHex(json.asText());
  }
}
