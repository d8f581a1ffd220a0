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
    try (Tally tally = new Tally("klaytn-basefee-kip71")) {
      for (JsonNode file : Vectors.topic("klaytn", "basefee-kip71").values()) {
        for (JsonNode vector : file.path("cases")) {
          tally.run(vector.toString(), () -> check(vector));
        }
        for (JsonNode vector : file.path("sequences")) {
          tally.run(vector.toString(), () -> checkSequence(vector));
        }
      }
    }
  }

  /** So many blocks with the same gas used until the fee is beyond a bound. */
  private static void checkSequence(JsonNode vector) {
    Amount fee = peb(vector, "start");
    String until = vector.get("until").asText();
    Amount bound = Amount.parse(until.substring(2), KlayUnit.PEB);
    int blocks = 0;
    while (until.startsWith(">") ? fee.compareTo(bound) <= 0 : fee.compareTo(bound) >= 0) {
      fee = BaseFeeParameters.DEFAULT.next(fee, vector.get("gasUsed").asLong());
      blocks++;
    }
    assertThat(blocks).isEqualTo(vector.get("blocks").asInt());
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
