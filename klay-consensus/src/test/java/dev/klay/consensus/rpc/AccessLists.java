package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Access lists in one order, without entries that name no slot. */
final class AccessLists {
  private AccessLists() {}

  static ArrayNode normalised(ArrayNode list) {
    Map<String, TreeSet<String>> sorted = new TreeMap<>();
    for (JsonNode entry : list) {
      TreeSet<String> keys = new TreeSet<>();
      entry.get("storageKeys").forEach(key -> keys.add(key.asText()));
      if (!keys.isEmpty()) {
        sorted.put(entry.get("address").asText(), keys);
      }
    }
    ArrayNode normalised = JsonNodeFactory.instance.arrayNode();
    sorted.forEach(
        (address, keys) -> {
          ObjectNode entry = normalised.addObject();
          entry.put("address", address);
          ArrayNode slots = entry.putArray("storageKeys");
          keys.forEach(slots::add);
        });
    return normalised;
  }
}
