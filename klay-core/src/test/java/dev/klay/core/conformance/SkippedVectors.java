package dev.klay.core.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Every case of Klaytn's vectors that this module leaves out, and why. */
public final class SkippedVectors {
  /** By category and a part of the case's name. */
  private static final Map<String, Map<String, String>> REASONS = new LinkedHashMap<>();

  static {
    REASONS.put(
        "klaytn-transactions",
        Map.of(
            "TxTypeEthereumBlob",
            "type 0x7803 carries blobs, which no chain here takes; its decoding is refused"));
    REASONS.put(
        "klaytn-gas",
        Map.of("TxTypeEthereumBlob", "type 0x7803 carries blobs, which no chain here takes"));
  }

  private SkippedVectors() {}

  /** Why a case is left out; empty if it must pass. */
  public static Optional<String> reason(String category, String name) {
    return REASONS.getOrDefault(category, Map.of()).entrySet().stream()
        .filter(entry -> name.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
