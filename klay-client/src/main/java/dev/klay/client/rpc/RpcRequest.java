package dev.klay.client.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/**
 * One call that waits for its answer.
 *
 * @param repeatable whether asking twice does no harm
 */
record RpcRequest(
    String method, ArrayNode params, boolean repeatable, CompletableFuture<RpcAnswer> answer) {
  /** A call with parameters that are JSON, text, numbers or flags. */
  static RpcRequest of(String method, Object... params) {
    return new RpcRequest(method, array(params), true, new CompletableFuture<>());
  }

  /** A call that must not be made twice. */
  static RpcRequest once(String method, Object... params) {
    return new RpcRequest(method, array(params), false, new CompletableFuture<>());
  }

  private static ArrayNode array(Object... params) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Object param : params) {
      if (param instanceof JsonNode json) {
        array.add(json);
      } else if (param instanceof Boolean flag) {
        array.add(flag);
      } else if (param instanceof Integer number) {
        array.add(number);
      } else {
        array.add(param.toString());
      }
    }
    return array;
  }

  ObjectNode toJson(long id) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("jsonrpc", "2.0");
    json.put("id", id);
    json.put("method", method);
    json.set("params", params);
    return json;
  }
}
