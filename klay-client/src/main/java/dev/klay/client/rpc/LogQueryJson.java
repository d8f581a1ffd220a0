package dev.klay.client.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.ReceiptReader;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.LogView;
import dev.klay.crypto.primitive.Hash;
import java.util.Set;

/** Filters and found logs in JSON-RPC's shape. */
final class LogQueryJson {
  private LogQueryJson() {}

  static ObjectNode write(LogFilter filter) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (filter.block().isPresent()) {
      json.put("blockHash", filter.block().orElseThrow().toHex());
    } else {
      json.put("fromBlock", RemoteChainService.name(filter.from()));
      json.put("toBlock", RemoteChainService.name(filter.to()));
    }
    if (!filter.addresses().isEmpty()) {
      ArrayNode addresses = json.putArray("address");
      filter.addresses().forEach(address -> addresses.add(address.toHex()));
    }
    ArrayNode topics = json.putArray("topics");
    for (Set<Hash> position : filter.topics()) {
      if (position.isEmpty()) {
        topics.addNull();
      } else {
        ArrayNode alternatives = topics.addArray();
        position.forEach(topic -> alternatives.add(topic.toHex()));
      }
    }
    return json;
  }

  static LogView read(JsonNode json) {
    return new LogView(
        ReceiptReader.log(json),
        Quantity.parseLong(json.path("blockNumber")),
        Hash.fromHex(json.path("blockHash").asText()),
        Hash.fromHex(json.path("transactionHash").asText()),
        (int) Quantity.parseLong(json.path("transactionIndex")),
        (int) Quantity.parseLong(json.path("logIndex")));
  }
}
