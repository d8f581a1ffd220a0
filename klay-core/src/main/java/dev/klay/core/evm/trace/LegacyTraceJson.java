package dev.klay.core.evm.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.evm.CallStart;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Traces in the shape of geth's first tracers, which went by opcodes: a call within has gas only if
 * it reached code, its output is what the caller's memory got, and failures outside of opcodes are
 * all one. Klaytn's descend from them, see {@link KlaytnTraceJson}.
 */
public final class LegacyTraceJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String INTERNAL = "internal failure";

  private final Function<CallFrame, Optional<String>> errors;
  private final Predicate<CallFrame> isShown;

  /**
   * A shape.
   *
   * @param errors how failures of opcodes are worded
   * @param isShown which calls within are told
   */
  LegacyTraceJson(Function<CallFrame, Optional<String>> errors, Predicate<CallFrame> isShown) {
    this.errors = errors;
    this.isShown = isShown;
  }

  /** The call tree; of a tracer that {@linkplain CallTracer.Options#withWindows() kept windows}. */
  public static ObjectNode calls(CallTracer tracer) {
    CallFrame outermost = tracer.result();
    ObjectNode json = start(outermost);
    json.put("gas", GethTraceJson.quantity(tracer.gasLimit()));
    json.put("gasUsed", GethTraceJson.quantity(tracer.gasUsed()));
    Optional<String> error = HaltTexts.geth(outermost);
    Bytes output = outermost.end().output();
    if (error.isEmpty() || !output.isEmpty()) {
      json.put("output", output.toHex());
    }
    error.ifPresent(text -> json.put("error", text));
    new LegacyTraceJson(HaltTexts::geth, call -> !call.start().precompiled())
        .addCalls(json, outermost);
    return json;
  }

  /** What is known of a call when it starts, but for its gas. */
  static ObjectNode start(CallFrame call) {
    CallStart start = call.start();
    ObjectNode json = JSON.objectNode();
    json.put("type", start.kind().name());
    json.put("from", start.from().toHex());
    if (start.depth() == 0 || call.isSuccess() || !call.isCreation()) {
      json.put("to", start.to().toHex());
    }
    if (start.kind() != CallStart.Kind.DELEGATECALL && start.kind() != CallStart.Kind.STATICCALL) {
      json.put("value", start.value().toHex());
    }
    json.put("input", start.input().toHex());
    return json;
  }

  /** Adds the calls within. */
  void addCalls(ObjectNode json, CallFrame call) {
    if (call.calls().stream().anyMatch(isShown)) {
      ArrayNode calls = json.putArray("calls");
      call.calls().stream().filter(isShown).forEach(inner -> calls.add(inner(inner)));
    }
  }

  private ObjectNode inner(CallFrame call) {
    ObjectNode json = start(call);
    if (call.start().kind() == CallStart.Kind.SELFDESTRUCT) {
      return json;
    }
    if (call.ranCode()) {
      json.put("gas", GethTraceJson.quantity(call.start().gas()));
    }
    if (call.ranCode() || call.isCreation()) {
      json.put("gasUsed", GethTraceJson.quantity(call.end().gasUsed()));
    }
    if (call.isSuccess()) {
      Bytes output = call.isCreation() ? call.end().output() : call.window().orElse(Bytes.EMPTY);
      json.put("output", output.toHex());
    } else {
      json.put("error", call.failedInCode() ? errors.apply(call).orElse(INTERNAL) : INTERNAL);
    }
    addCalls(json, call);
    return json;
  }

  /** The accounts of {@code prestateTracer}, each with all its fields. */
  public static ObjectNode prestate(SortedMap<Address, AccountImage> accounts) {
    ObjectNode json = JSON.objectNode();
    accounts.forEach((address, image) -> json.set(address.toHex(), account(image)));
    return json;
  }

  private static ObjectNode account(AccountImage image) {
    ObjectNode json = JSON.objectNode();
    image.balance().ifPresent(amount -> json.put("balance", amount.peb().toHex()));
    image.nonce().ifPresent(nonce -> json.put("nonce", nonce));
    image.code().ifPresent(code -> json.put("code", code.toHex()));
    ObjectNode slots = json.putObject("storage");
    image
        .storage()
        .forEach((slot, word) -> slots.put(GethTraceJson.word32(slot), GethTraceJson.word32(word)));
    return json;
  }
}
