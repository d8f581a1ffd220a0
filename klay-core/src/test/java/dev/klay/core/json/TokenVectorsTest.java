package dev.klay.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What token contracts answer to (KIP-7, KIP-13, KIP-17, KIP-37), as it stands in calls and logs:
 * selectors, interface ids and topics.
 */
@Tag("conformance")
class TokenVectorsTest {
  @Test
  void selectorsInterfaceIdsAndTopicsFollowFromTheNames() {
    JsonNode vectors = Vectors.merged("klaytn", "tokens");
    try (Tally tally = new Tally("klaytn-tokens")) {
      for (Map.Entry<String, JsonNode> kind : vectors.get("interfaces").properties()) {
        tally.run(kind.getKey(), () -> checkInterface(kind.getValue()));
      }
      for (Map.Entry<String, JsonNode> event : vectors.get("events").properties()) {
        tally.run(
            event.getKey(),
            () -> assertThat(keccak(event.getKey()).toHex()).isEqualTo(event.getValue().asText()));
      }
    }
  }

  private static void checkInterface(JsonNode kind) {
    int id = 0;
    for (Map.Entry<String, JsonNode> function : kind.get("functions").properties()) {
      int selector = selector(function.getKey());
      assertThat(hex(selector)).as(function.getKey()).isEqualTo(function.getValue().asText());
      id ^= selector;
    }
    assertThat(hex(id)).isEqualTo(kind.get("computedXor").asText());
  }

  private static Hash keccak(String text) {
    return Keccak256.hash(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static int selector(String signature) {
    byte[] hash = keccak(signature).unsafeArray();
    return (hash[0] & 0xff) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | hash[3] & 0xff;
  }

  private static String hex(int selector) {
    return String.format("0x%08x", selector);
  }
}
