package dev.klay.core.evm.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.ExecutionResult.Status;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.Hex;
import dev.klay.crypto.primitive.UInt256;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;

/** Traces as geth answers them to {@code debug_traceTransaction}, field by field. */
public final class GethTraceJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private GethTraceJson() {}

  /** The step log: what there is without a tracer's name. */
  public static ObjectNode steps(StructLogTracer tracer) {
    ObjectNode result = JSON.objectNode();
    result.put("gas", tracer.gasUsed());
    result.put("failed", tracer.hasFailed());
    result.put("returnValue", tracer.output().toHex());
    ArrayNode steps = result.putArray("structLogs");
    tracer.steps().forEach(step -> steps.add(step(step)));
    return result;
  }

  private static ObjectNode step(StepLog step) {
    ObjectNode json = JSON.objectNode();
    json.put("pc", step.pc());
    json.put("op", step.mnemonic());
    json.put("gas", step.gas());
    json.put("gasCost", step.gasCost());
    json.put("depth", step.depth());
    step.error().ifPresent(text -> json.put("error", text));
    step.stack()
        .ifPresent(
            words -> {
              ArrayNode stack = json.putArray("stack");
              words.forEach(word -> stack.add(word.toHex()));
            });
    step.returnData()
        .filter(data -> !data.isEmpty())
        .ifPresent(data -> json.put("returnData", data.toHex()));
    step.memory().ifPresent(memory -> json.set("memory", memory(memory)));
    if (step.touchesStorage()) {
      step.storage().ifPresent(slots -> json.set("storage", storage(slots)));
    }
    if (step.refund() != 0) {
      json.put("refund", step.refund());
    }
    return json;
  }

  /** Words of 32 bytes without prefix. */
  static ArrayNode memory(Bytes memory) {
    ArrayNode words = JSON.arrayNode();
    byte[] bytes = memory.unsafeArray();
    for (int at = 0; at < bytes.length; at += 32) {
      words.add(Hex.encode(Arrays.copyOfRange(bytes, at, Math.min(at + 32, bytes.length))));
    }
    return words;
  }

  /** Slots and words of 32 bytes without prefix. */
  static ObjectNode storage(SortedMap<UInt256, UInt256> slots) {
    ObjectNode json = JSON.objectNode();
    slots.forEach(
        (slot, word) -> json.put(Hex.encode(slot.toBytes32()), Hex.encode(word.toBytes32())));
    return json;
  }

  /** The call tree of {@code callTracer}; the outermost call with the transaction's gas. */
  public static ObjectNode calls(CallTracer tracer) {
    ObjectNode json = call(tracer.result());
    json.put("gas", quantity(tracer.gasLimit()));
    json.put("gasUsed", quantity(tracer.gasUsed()));
    return json;
  }

  private static ObjectNode call(CallFrame call) {
    CallStart start = call.start();
    ObjectNode json = JSON.objectNode();
    json.put("from", start.from().toHex());
    json.put("gas", quantity(start.gas()));
    json.put("gasUsed", quantity(call.end().gasUsed()));
    if (call.isSuccess() || !call.isCreation()) {
      json.put("to", start.to().toHex());
    }
    json.put("input", start.input().toHex());
    if (!call.end().output().isEmpty()) {
      json.put("output", call.end().output().toHex());
    }
    HaltTexts.geth(call).ifPresent(text -> json.put("error", text));
    reason(call).ifPresent(text -> json.put("revertReason", text));
    if (!call.calls().isEmpty()) {
      ArrayNode calls = json.putArray("calls");
      call.calls().forEach(inner -> calls.add(call(inner)));
    }
    if (!call.logs().isEmpty()) {
      ArrayNode logs = json.putArray("logs");
      call.logs().forEach(log -> logs.add(log(log)));
    }
    if (start.kind() != CallStart.Kind.STATICCALL) {
      json.put("value", start.value().toHex());
    }
    json.put("type", start.kind().name());
    return json;
  }

  private static Optional<String> reason(CallFrame call) {
    if (call.end().status() != Status.REVERT) {
      return Optional.empty();
    }
    RevertReason reason = RevertReason.decode(call.end().output());
    return reason.kind() == RevertReason.Kind.MESSAGE || reason.kind() == RevertReason.Kind.PANIC
        ? Optional.of(reason.text())
        : Optional.empty();
  }

  private static ObjectNode log(CallFrame.CallLog log) {
    ObjectNode json = JSON.objectNode();
    json.put("address", log.log().address().toHex());
    ArrayNode topics = json.putArray("topics");
    log.log().topics().forEach(topic -> topics.add(topic.toHex()));
    json.put("data", log.log().data().toHex());
    json.put("index", quantity(log.index()));
    json.put("position", quantity(log.position()));
    return json;
  }

  /** The accounts of {@code prestateTracer}. */
  public static ObjectNode prestate(PrestateTracer tracer) {
    return accounts(tracer.result(), tracer.options());
  }

  /** The accounts of {@code prestateTracer} with {@code diffMode}. */
  public static ObjectNode difference(StateDifference difference, PrestateTracer.Options options) {
    ObjectNode json = JSON.objectNode();
    json.set("post", accounts(difference.after(), options));
    json.set("pre", accounts(difference.before(), options));
    return json;
  }

  private static ObjectNode accounts(
      SortedMap<Address, AccountImage> accounts, PrestateTracer.Options options) {
    ObjectNode json = JSON.objectNode();
    accounts.forEach((address, image) -> json.set(address.toHex(), account(image, options)));
    return json;
  }

  private static ObjectNode account(AccountImage image, PrestateTracer.Options options) {
    ObjectNode json = JSON.objectNode();
    image.balance().ifPresent(amount -> json.put("balance", amount.peb().toHex()));
    image
        .code()
        .filter(code -> !code.isEmpty())
        .ifPresent(
            code -> {
              if (options.code()) {
                json.put("code", code.toHex());
              }
              json.put("codeHash", Keccak256.hash(code).toHex());
            });
    image.nonce().filter(nonce -> nonce != 0).ifPresent(nonce -> json.put("nonce", nonce));
    if (!image.storage().isEmpty()) {
      ObjectNode slots = json.putObject("storage");
      image.storage().forEach((slot, word) -> slots.put(word32(slot), word32(word)));
    }
    return json;
  }

  static String word32(UInt256 word) {
    return Hash.wrap(word.toBytes32()).toHex();
  }

  static String quantity(long number) {
    return "0x" + Long.toHexString(number);
  }
}
