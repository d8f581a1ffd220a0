package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Log;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.evm.HaltReason;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a call came to, whole: more than {@code eth_call} tells. Our own shape. */
public final class CallResultJson {
  private CallResultJson() {}

  public static ObjectNode write(CallResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", result.status().name());
    json.put("halt", result.halt().map(Enum::name).orElse(null));
    json.put("receiptStatus", Quantity.of(result.receiptStatus()));
    json.put("output", result.output().toHex());
    json.put("gasUsed", Quantity.of(result.gasUsed()));
    json.put("gasRefunded", result.gasRefunded());
    ArrayNode logs = json.putArray("logs");
    for (Log log : result.logs()) {
      ObjectNode each = logs.addObject();
      each.put("address", log.address().toHex());
      ArrayNode topics = each.putArray("topics");
      log.topics().forEach(topic -> topics.add(topic.toHex()));
      each.put("data", log.data().toHex());
    }
    json.put("contract", result.contract().map(Address::toHex).orElse(null));
    return json;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws DecodingException if it is anything else
   */
  public static CallResult read(JsonNode json) {
    Fields fields = new Fields(json);
    List<Log> logs = new ArrayList<>();
    fields.node("logs").forEach(log -> logs.add(ReceiptReader.log(log)));
    try {
      return new CallResult(
          ExecutionResult.Status.valueOf(fields.node("status").asText()),
          fields.has("halt")
              ? Optional.of(HaltReason.valueOf(fields.node("halt").asText()))
              : Optional.empty(),
          fields.small("receiptStatus", 0xff),
          fields.bytes("output"),
          fields.number("gasUsed"),
          fields.node("gasRefunded").asLong(),
          logs,
          fields.optionalAddress("contract"));
    } catch (IllegalArgumentException e) {
      throw new DecodingException("no result of a call: " + e.getMessage(), e);
    }
  }

  public static ObjectNode write(GasEstimate estimate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (estimate instanceof GasEstimate.Sufficient enough) {
      json.put("gas", Quantity.of(enough.gas()));
      json.set("result", write(enough.result()));
    } else if (estimate instanceof GasEstimate.Failing failing) {
      json.put("limit", Quantity.of(failing.limit()));
      json.set("result", write(failing.result()));
    }
    return json;
  }

  /** Reads what {@link #write(GasEstimate)} wrote; see {@link #read}. */
  public static GasEstimate readEstimate(JsonNode json) {
    Fields fields = new Fields(json);
    CallResult result = read(fields.node("result"));
    return fields.has("gas")
        ? new GasEstimate.Sufficient(fields.number("gas"), result)
        : new GasEstimate.Failing(fields.number("limit"), result);
  }
}
