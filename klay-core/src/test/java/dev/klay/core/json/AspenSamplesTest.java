package dev.klay.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Block;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a client of Aspen in 2018 saw of a block, against our Aspen's blocks as Ethereum's tools see
 * them: the same names, the same form of each value, the same constants. The hash of the recorded
 * block cannot be made again, since its header had another form.
 */
@Tag("conformance")
class AspenSamplesTest {
  /** Shown then, in no later version; the validators are in the extra data since. */
  private static final List<String> GONE = List.of("validators");

  /** Values that are constants of every block. */
  private static final List<String> CONSTANTS =
      List.of("gasLimit", "difficulty", "nonce", "sha3Uncles");

  @Test
  void aBlockOfOursHasTheShapeOfTheRecordedOne() {
    try (Tally tally = new Tally("klaytn-rpc-aspen-samples")) {
      for (JsonNode file : Vectors.topic("klaytn", "rpc-aspen-samples").values()) {
        JsonNode recorded = file.get("block");
        ObjectNode ours = genesisBlock();
        for (Map.Entry<String, JsonNode> field : recorded.properties()) {
          if (!GONE.contains(field.getKey())) {
            tally.run(field.getKey(), () -> checkShape(ours.get(field.getKey()), field.getValue()));
          }
        }
        for (String constant : CONSTANTS) {
          tally.run(
              "constant " + constant,
              () -> assertThat(ours.get(constant)).isEqualTo(recorded.get(constant)));
        }
        tally.run(
            "gas price",
            () -> assertThat(Quantity.of(gasPrice())).isEqualTo(file.get("gasPrice").asText()));
      }
    }
  }

  private static void checkShape(JsonNode ours, JsonNode recorded) {
    assertThat(ours).isNotNull();
    assertThat(ours.getNodeType()).isEqualTo(recorded.getNodeType());
    if (recorded.isTextual()) {
      assertThat(ours.asText()).startsWith("0x");
      boolean isData = recorded.asText().length() > 18; // of fixed length, no quantity
      if (isData || recorded.asText().equals("0x0000000000000000")) {
        assertThat(ours.asText()).hasSameSizeAs(recorded.asText());
      } else {
        assertThat(Quantity.parse(ours)).isNotNull();
      }
    }
  }

  private static ObjectNode genesisBlock() {
    ChainSpec aspen = ChainSpec.aspen();
    Block genesis = aspen.genesis().block(aspen.sealRule(), aspen.genesis().state());
    GovernanceParameters parameters = aspen.genesis().parameters();
    BlockRules rules =
        new BlockRules(aspen.chainId(), 0, aspen.genesis().forks(), parameters, parameters, true);
    return BlockJson.eth(genesis, rules, UInt256.ONE, false);
  }

  /** Both bounds of the base fee are the price that Aspen always had. */
  private static Amount gasPrice() {
    return ChainSpec.aspen().genesis().parameters().baseFee().lowerBound();
  }
}
