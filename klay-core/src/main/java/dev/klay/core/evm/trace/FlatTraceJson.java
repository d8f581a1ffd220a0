package dev.klay.core.evm.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.ExecutionResult.Status;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A call tree as geth's {@code flatCallTracer} tells it: a list, in the format of Parity. */
public final class FlatTraceJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Parity's words for geth's, by how the latter begin. */
  private static final Map<String, String> PARITY =
      Map.of(
          "contract creation code storage out of gas",
          "Out of gas",
          "out of gas",
          "Out of gas",
          "max code size exceeded",
          "Out of gas",
          "invalid jump destination",
          "Bad jump destination",
          HaltTexts.REVERTED,
          "Reverted",
          "return data out of bounds",
          "Out of bounds",
          "stack limit reached",
          "Out of stack",
          "precompiled failed",
          "Built-in failed",
          "invalid input length",
          "Built-in failed",
          "invalid opcode",
          "Bad instruction");

  /**
   * How to tell it.
   *
   * @param parityErrors in Parity's words instead of geth's
   * @param precompiles also plain calls of precompiled contracts
   */
  public record Options(boolean parityErrors, boolean precompiles) {
    /** Geth's. */
    public static final Options DEFAULT = new Options(false, false);
  }

  /**
   * Where the transaction is.
   *
   * @param position in the block
   */
  public record Place(
      Optional<Hash> blockHash, long blockNumber, Optional<Hash> hash, int position) {}

  private final Options options;
  private final Place place;
  private final ArrayNode list = JSON.arrayNode();

  private FlatTraceJson(Options options, Place place) {
    this.options = options;
    this.place = place;
  }

  /** The calls in the order of their start. */
  public static ArrayNode calls(CallTracer tracer, Options options, Place place) {
    FlatTraceJson json = new FlatTraceJson(options, place);
    ObjectNode outermost = json.add(tracer.result(), List.of());
    ((ObjectNode) outermost.get("action")).put("gas", GethTraceJson.quantity(tracer.gasLimit()));
    if (outermost.has("result")) {
      ((ObjectNode) outermost.get("result"))
          .put("gasUsed", GethTraceJson.quantity(tracer.gasUsed()));
    }
    return json.list;
  }

  private ObjectNode add(CallFrame call, List<Integer> address) {
    List<CallFrame> shown = call.calls().stream().filter(this::isShown).toList();
    ObjectNode json = JSON.objectNode();
    json.set("action", action(call));
    place.blockHash().ifPresent(hash -> json.put("blockHash", hash.toHex()));
    json.put("blockNumber", place.blockNumber());
    Optional<String> error = HaltTexts.geth(call);
    error.ifPresent(text -> json.put("error", options.parityErrors() ? parity(text) : text));
    boolean hasResult = error.isEmpty() || call.end().status() == Status.REVERT;
    if (hasResult && call.start().kind() != CallStart.Kind.SELFDESTRUCT) {
      json.set("result", result(call));
    }
    json.put("subtraces", shown.size());
    ArrayNode traceAddress = json.putArray("traceAddress");
    address.forEach(traceAddress::add);
    place.hash().ifPresent(hash -> json.put("transactionHash", hash.toHex()));
    json.put("transactionPosition", place.position());
    json.put("type", type(call));
    list.add(json);
    for (int i = 0; i < shown.size(); i++) {
      List<Integer> inner = new ArrayList<>(address);
      inner.add(i);
      add(shown.get(i), inner);
    }
    return json;
  }

  private boolean isShown(CallFrame call) {
    CallStart start = call.start();
    boolean isPlain =
        start.kind() == CallStart.Kind.CALL || start.kind() == CallStart.Kind.STATICCALL;
    return options.precompiles() || !(isPlain && start.precompiled());
  }

  private static String type(CallFrame call) {
    return switch (call.start().kind()) {
      case CREATE, CREATE2 -> "create";
      case SELFDESTRUCT -> "suicide";
      default -> "call";
    };
  }

  private static ObjectNode action(CallFrame call) {
    CallStart start = call.start();
    ObjectNode json = JSON.objectNode();
    if (start.kind() == CallStart.Kind.SELFDESTRUCT) {
      json.put("address", start.from().toHex());
      json.put("balance", start.value().toHex());
      json.put("refundAddress", start.to().toHex());
      return json;
    }
    String kind = start.kind().name().toLowerCase(Locale.ROOT);
    json.put("from", start.from().toHex());
    json.put("gas", GethTraceJson.quantity(start.gas()));
    if (call.isCreation()) {
      json.put("creationMethod", kind);
      json.put("init", start.input().toHex());
    } else {
      json.put("callType", kind);
      json.put("input", start.input().toHex());
      json.put("to", start.to().toHex());
    }
    json.put("value", start.value().toHex());
    return json;
  }

  private static ObjectNode result(CallFrame call) {
    ObjectNode json = JSON.objectNode();
    Bytes output = call.end().output();
    json.put("gasUsed", GethTraceJson.quantity(call.end().gasUsed()));
    if (!call.isCreation()) {
      json.put("output", output.toHex());
      return json;
    }
    if (call.isSuccess()) {
      json.put("address", call.start().to().toHex());
    }
    json.put("code", output.toHex());
    return json;
  }

  private static String parity(String error) {
    return PARITY.entrySet().stream()
        .filter(entry -> error.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(error.startsWith("stack underflow") ? "Stack underflow" : error);
  }
}
