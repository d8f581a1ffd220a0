package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Recorded requests of {@code eth_simulateV1}, asked of a chain of ours: most of them bring their
 * own accounts. How many blocks there are, how each call ends, what it returns and how many logs it
 * has must be as recorded, and so must the code of an error. Gas is the rules' of another fork.
 */
@Tag("conformance")
class SimulateRecordedTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** What is meant to be otherwise, by a part of the file's name. */
  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry("blockhash", "hashes of that chain"),
          Map.entry("block-num-set-firstblock", "its first block's state"),
          Map.entry("override-block-num", "numbers behind that chain's head"),
          Map.entry("than-fit-but-now-with-fit", "numbers behind that chain's head"),
          Map.entry("timestamps-incrementing", "times before ours"),
          Map.entry("blocknumber-increment", "times before ours"),
          Map.entry("use-as-many-features", "times before ours"),
          Map.entry("contract-calls-itself", "the id of that chain is returned"),
          Map.entry("get-block-properties", "the id of that chain is returned"),
          Map.entry("overwrite-existing-contract", "the id of that chain is returned"),
          Map.entry("fee-recipient", "nobody gets the fees of a simulation"),
          Map.entry("blobs", "there are no blobs"),
          Map.entry("move-", "precompiled contracts stay where they are"),
          Map.entry("override-ecrecover", "precompiled contracts stay where they are"),
          Map.entry("override-identity", "precompiled contracts stay where they are"),
          Map.entry("override-sha256", "precompiled contracts stay where they are"),
          Map.entry("overflow-nonce", "a nonce that is set has 63 bits"));

  @Test
  void callsEndAsRecorded() throws IOException {
    try (KlayNode node = KlayNode.of(ChainSpec.development()).start();
        Stream<Path> files =
            Files.list(Vectors.require("ethereum/rpc/tests").resolve("eth_simulateV1"));
        Tally tally = new Tally("rpc-simulate")) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (OTHERWISE.keySet().stream().anyMatch(name::contains)) {
          tally.skip();
          continue;
        }
        List<String> lines = Files.readAllLines(file);
        String answer = node.rpc().handle(line(lines, ">> ")).join().orElseThrow();
        tally.run(
            name,
            () ->
                assertThat(shape(JSON.readTree(answer)))
                    .isEqualTo(shape(JSON.readTree(line(lines, "<< ")))));
      }
    }
  }

  private static String line(List<String> lines, String start) {
    return lines.stream().filter(l -> l.startsWith(start)).findFirst().orElseThrow().substring(3);
  }

  private static String shape(JsonNode answer) {
    if (answer.has("error")) {
      return "error " + answer.at("/error/code").asInt();
    }
    StringBuilder shape = new StringBuilder();
    for (JsonNode block : answer.get("result")) {
      shape.append("block").append(block.get("transactions").size());
      for (JsonNode call : block.get("calls")) {
        shape
            .append(' ')
            .append(call.get("status").asText())
            .append(call.at("/error/code").asText())
            .append(call.at("/error/data").asText())
            .append(" logs ")
            .append(call.path("logs").size())
            .append(" returns ")
            .append(call.get("returnData").asText());
      }
      shape.append('\n');
    }
    return shape.toString();
  }
}
