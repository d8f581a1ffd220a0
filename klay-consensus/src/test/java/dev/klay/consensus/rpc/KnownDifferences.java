package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Recorded calls whose answers are meant to be others here, with the reason. */
final class KnownDifferences {
  private KnownDifferences() {}

  static Optional<String> reason(String chain, JsonNode call) {
    return switch (call.get("method").asText()) {
      case "klay_protocolVersion" ->
          differs(
              call.path("result").asText().equals("0x40"), "the version of v1.4.2; ours is 0x41");
      case "web3_clientVersion" -> Optional.of("each node has its own name");
      default -> Optional.empty();
    };
  }

  private static Optional<String> differs(boolean applies, String reason) {
    return applies ? Optional.of(reason) : Optional.empty();
  }
}
