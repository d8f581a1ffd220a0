package dev.klay.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import java.nio.charset.StandardCharsets;

/**
 * What a chain data anchoring transaction holds, for people ({@code klaytn-transactions.md} section
 * 4.3): a chain does not look at it, so that it may hold anything, which is shown as null.
 */
final class AnchoredDataJson {
  private static final int BLOCK_SUMMARY = 0;
  private static final int JSON_TEXT = 128;
  private static final JsonMapper JSON = new JsonMapper();

  private AnchoredDataJson() {}

  static JsonNode write(Bytes input) {
    try {
      RlpReader fields = RlpReader.ofSingleList(input);
      if (fields.hasNext() && !fields.nextIsList()) {
        int type = fields.readInt(0xff);
        Bytes data = fields.readBytes();
        fields.expectEnd();
        return ofType(type, data);
      }
    } catch (DecodingException | JsonProcessingException other) {
      return withoutType(input);
    }
    return NullNode.instance;
  }

  private static JsonNode ofType(int type, Bytes data) throws JsonProcessingException {
    if (type == BLOCK_SUMMARY) {
      RlpReader fields = RlpReader.ofSingleList(data);
      ObjectNode json = summary(fields);
      json.set("blockCount", number(fields));
      json.set("txCount", number(fields));
      fields.expectEnd();
      return json;
    }
    if (type != JSON_TEXT) {
      return NullNode.instance;
    }
    JsonNode json = JSON.readTree(new String(data.toArray(), StandardCharsets.UTF_8));
    return json == null ? NullNode.instance : json;
  }

  /** The older form, which has no type. */
  private static JsonNode withoutType(Bytes input) {
    try {
      RlpReader fields = RlpReader.ofSingleList(input);
      ObjectNode json = summary(fields);
      fields.expectEnd();
      return json;
    } catch (DecodingException unreadable) {
      return NullNode.instance;
    }
  }

  private static ObjectNode summary(RlpReader fields) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("blockHash", fields.readHash().toHex());
    json.put("transactionsRoot", fields.readHash().toHex());
    json.put("parentHash", fields.readHash().toHex());
    json.put("receiptsRoot", fields.readHash().toHex());
    json.put("stateRoot", fields.readHash().toHex());
    json.set("blockNumber", number(fields));
    return json;
  }

  private static JsonNode number(RlpReader fields) {
    return JsonNodeFactory.instance.numberNode(fields.readUInt256().toBigInteger());
  }
}
