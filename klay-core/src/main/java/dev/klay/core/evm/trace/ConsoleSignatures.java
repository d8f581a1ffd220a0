package dev.klay.core.evm.trace;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of the console contract that Hardhat and Foundry ship: {@code log} of up to four
 * numbers, strings, booleans and addresses in any order, and one for each type by name. Old
 * releases hashed {@code uint} and {@code int} unlike the ABI; contracts compiled with them still
 * call so.
 */
final class ConsoleSignatures {
  private static final int ARGUMENTS_MAX = 4;
  private static final List<String> TYPES = List.of("uint256", "string", "bool", "address");
  private static final List<String> OLD_TYPES = List.of("uint", "string", "bool", "address");

  private static final Map<Bytes, List<String>> BY_SELECTOR = build();

  private ConsoleSignatures() {}

  /** The types of the arguments; empty if there is no such function. */
  static Optional<List<String>> types(Bytes selector) {
    return Optional.ofNullable(BY_SELECTOR.get(selector));
  }

  private static Map<Bytes, List<String>> build() {
    Map<Bytes, List<String>> known = new HashMap<>();
    addAll(known, TYPES, List.of());
    addAll(known, OLD_TYPES, List.of());
    for (String number : List.of("int256", "int", "bytes")) {
      add(known, "log", List.of(number));
      add(known, "log", List.of("string", number));
    }
    add(known, "logInt", List.of("int256"));
    add(known, "logInt", List.of("int"));
    add(known, "logUint", List.of("uint256"));
    add(known, "logUint", List.of("uint"));
    add(known, "logString", List.of("string"));
    add(known, "logBool", List.of("bool"));
    add(known, "logAddress", List.of("address"));
    add(known, "logBytes", List.of("bytes"));
    for (int size = 1; size <= 32; size++) {
      add(known, "logBytes" + size, List.of("bytes" + size));
    }
    return Map.copyOf(known);
  }

  private static void addAll(
      Map<Bytes, List<String>> known, List<String> choice, List<String> types) {
    add(known, "log", types);
    if (types.size() < ARGUMENTS_MAX) {
      for (String type : choice) {
        List<String> longer = new ArrayList<>(types);
        longer.add(type);
        addAll(known, choice, longer);
      }
    }
  }

  private static void add(Map<Bytes, List<String>> known, String name, List<String> types) {
    String signature = name + "(" + String.join(",", types) + ")";
    byte[] hash = Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII)).toArray();
    known.put(Bytes.of(hash[0], hash[1], hash[2], hash[3]), List.copyOf(types));
  }
}
