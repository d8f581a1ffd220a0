package dev.klay.crypto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.KlayUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Klaytn's units of money. Nothing is skipped. */
@Tag("conformance")
class UnitsConformanceTest {
  @Test
  void publishedVectors() {
    JsonNode vectors = Vectors.merged("klaytn", "units");
    try (Tally tally = new Tally("klaytn-units")) {
      vectors
          .path("units")
          .properties()
          .forEach(
              e ->
                  tally.run(
                      e.getKey(),
                      () ->
                          assertThat(KlayUnit.ofSymbol(e.getKey()).decimals())
                              .isEqualTo(e.getValue().asInt())));
      vectors.path("toPeb").forEach(v -> tally.run("to peb " + v, () -> toPeb(v)));
      vectors.path("fromPeb").forEach(v -> tally.run("from peb " + v, () -> fromPeb(v)));
      vectors.path("fee").forEach(v -> tally.run("fee " + v, () -> fee(v)));
    }
  }

  private static void toPeb(JsonNode vector) {
    Amount amount = Amount.parse(vector.path("value").asText(), unit(vector));
    assertThat(amount).isEqualTo(peb(vector.path("peb")));
  }

  private static void fromPeb(JsonNode vector) {
    assertThat(peb(vector.path("peb")).in(unit(vector)).toPlainString())
        .isEqualTo(vector.path("value").asText());
  }

  private static void fee(JsonNode vector) {
    Amount fee = peb(vector.path("gasPricePeb")).times(vector.path("gas").asLong());
    assertThat(fee).isEqualTo(peb(vector.path("feePeb")));
    assertThat(fee.in(KlayUnit.KLAY))
        .isEqualByComparingTo(new BigDecimal(vector.path("feeKlay").asText()));
  }

  private static KlayUnit unit(JsonNode vector) {
    return KlayUnit.ofSymbol(vector.path("unit").asText());
  }

  private static Amount peb(JsonNode text) {
    return Amount.peb(new BigInteger(text.asText()));
  }
}
