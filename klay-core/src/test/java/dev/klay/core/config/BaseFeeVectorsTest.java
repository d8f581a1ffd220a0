package dev.klay.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.KlayUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
class BaseFeeVectorsTest {
  @Test
  void nextBaseFeeFollowsKip71() {
    JsonNode cases = Vectors.json("klaytn/basefee-kip71.json").get("cases");
    try (Tally tally = new Tally("klaytn-basefee-kip71")) {
      for (JsonNode vector : cases) {
        tally.run(vector.toString(), () -> check(vector));
      }
    }
  }

  private static void check(JsonNode vector) {
    JsonNode params = vector.get("params");
    BaseFeeParameters parameters =
        new BaseFeeParameters(
            peb(params, "lowerboundbasefee"),
            peb(params, "upperboundbasefee"),
            params.get("gastarget").asLong(),
            params.get("maxblockgasusedforbasefee").asLong(),
            params.get("basefeedenominator").asLong());
    Amount next =
        parameters.next(peb(vector, "parentBaseFee"), vector.get("parentGasUsed").asLong());
    assertThat(next).isEqualTo(peb(vector, "nextBaseFee"));
  }

  private static Amount peb(JsonNode node, String field) {
    return Amount.parse(node.get(field).asText(), KlayUnit.PEB);
  }
}
