package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;

/**
 * JSON-RPC's error object ({@code klaytn-rpc.md} section 1, EIP-1474).
 *
 * @param message says what to change; no traces, no paths
 * @param data revert data, or what else helps a program
 */
public record RpcError(int code, String message, Optional<JsonNode> data) {
  /** The text is not JSON. */
  public static final int PARSE = -32700;

  /** The JSON is no request. */
  public static final int INVALID_REQUEST = -32600;

  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INVALID_PARAMS = -32602;

  /** A fault of this program's. */
  public static final int INTERNAL = -32603;

  /** Every refusal that has no code of its own. */
  public static final int SERVER = -32000;

  /** It took longer than a call may. */
  public static final int TIMEOUT = -32002;

  /** More than is allowed, or than can be served now. */
  public static final int LIMIT = -32005;

  /** Code took everything back; the data are its revert data. */
  public static final int REVERTED = 3;

  public static RpcError of(int code, String message) {
    return new RpcError(code, message, Optional.empty());
  }

  /** An error with bytes as its data. */
  public static RpcError withData(int code, String message, Bytes data) {
    return new RpcError(code, message, Optional.of(TextNode.valueOf(data.toHex())));
  }

  /** No such method here; where another kind of node might have it, the message says so. */
  public static RpcError ofMethod(String method) {
    String hint =
        DevNames.isDevelopment(method) ? ": only development chains have such methods" : "";
    return of(METHOD_NOT_FOUND, "the method " + method + " does not exist/is not available" + hint);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("code", code);
    json.put("message", message);
    data.ifPresent(d -> json.set("data", d));
    return json;
  }
}
