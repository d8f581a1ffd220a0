package dev.klay.core.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Log;
import dev.klay.crypto.primitive.Hash;

/** Logs, in both shapes alike. */
public final class LogJson {
  private LogJson() {}

  /**
   * A log of a block.
   *
   * @param index among all logs of the block
   */
  public static ObjectNode write(Log log, TxPosition position, Hash txHash, int index) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("address", log.address().toHex());
    ArrayNode topics = json.putArray("topics");
    log.topics().forEach(topic -> topics.add(topic.toHex()));
    json.put("data", log.data().toHex());
    json.put("blockNumber", Quantity.of(position.blockNumber()));
    json.put("transactionHash", txHash.toHex());
    json.put("transactionIndex", Quantity.of(position.index()));
    json.put("blockHash", position.blockHash().toHex());
    json.put("logIndex", Quantity.of(index));
    json.put("removed", false); // final blocks are never taken back
    return json;
  }
}
