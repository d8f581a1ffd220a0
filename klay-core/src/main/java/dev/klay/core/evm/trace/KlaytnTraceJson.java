package dev.klay.core.evm.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.evm.ExecutionResult.Status;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Traces as Klaytn v1.12 answers them to {@code debug_traceTransaction}: those of {@link
 * LegacyTraceJson} with additions of its own.
 */
public final class KlaytnTraceJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Calls of the contracts below are not shown. */
  private static final int KLAYTN_OWN = 0x3fd;

  private static final LegacyTraceJson SHAPE =
      new LegacyTraceJson(HaltTexts::klaytn, KlaytnTraceJson::isShown);

  private KlaytnTraceJson() {}

  /** The step log, with computation cost; memory as it is once an opcode has been paid for. */
  public static ObjectNode steps(StructLogTracer tracer) {
    ObjectNode result = JSON.objectNode();
    result.put("gas", tracer.gasUsed());
    result.put("failed", tracer.hasFailed());
    result.put("returnValue", Hex.encode(tracer.output().unsafeArray()));
    ArrayNode steps = result.putArray("structLogs");
    tracer.steps().forEach(step -> steps.add(step(step)));
    return result;
  }

  private static ObjectNode step(StepLog step) {
    ObjectNode json = JSON.objectNode();
    json.put("pc", step.pc());
    json.put("op", step.mnemonic().equals("KECCAK256") ? "SHA3" : step.mnemonic());
    json.put("gas", step.gas());
    json.put("gasCost", step.gasCost());
    json.put("depth", step.depth());
    step.error().ifPresent(text -> json.put("error", text));
    step.stack()
        .ifPresent(
            words -> {
              ArrayNode stack = json.putArray("stack");
              words.forEach(word -> stack.add(Hex.encode(word.toBytes32())));
            });
    step.memory()
        .map(memory -> Arrays.copyOf(memory.unsafeArray(), step.memorySizeAfter()))
        .ifPresent(memory -> json.set("memory", GethTraceJson.memory(Bytes.wrap(memory))));
    step.storage().ifPresent(slots -> json.set("storage", GethTraceJson.storage(slots)));
    json.put("computation", step.computationLeft());
    json.put("computationCost", step.computationCost());
    return json;
  }

  /** The call tree; of a tracer that {@linkplain CallTracer.Options#withWindows() kept windows}. */
  public static ObjectNode calls(CallTracer tracer) {
    CallFrame outermost = tracer.result();
    ObjectNode json = LegacyTraceJson.start(outermost);
    json.put("gas", GethTraceJson.quantity(outermost.start().gas()));
    json.put("gasUsed", GethTraceJson.quantity(tracer.gasUsed()));
    Optional<String> error = HaltTexts.klaytn(outermost);
    Bytes output = outermost.end().output();
    if (error.isEmpty() || !output.isEmpty()) {
      json.put("output", output.toHex());
    }
    error.ifPresent(text -> json.put("error", text));
    json.put("time", 0);
    SHAPE.addCalls(json, outermost);
    if (outermost.end().status() == Status.REVERT) {
      json.set("reverted", reverted(outermost));
    }
    return json;
  }

  private static ObjectNode reverted(CallFrame outermost) {
    ObjectNode json = JSON.objectNode();
    json.put("contract", outermost.start().to().toHex());
    RevertReason reason = RevertReason.decode(outermost.end().output());
    if (reason.kind() == RevertReason.Kind.MESSAGE) {
      json.put("message", reason.text());
    }
    return json;
  }

  private static boolean isShown(CallFrame call) {
    return !call.start().precompiled() || number(call) >= KLAYTN_OWN;
  }

  private static int number(CallFrame call) {
    byte[] address = call.start().to().unsafeArray();
    return (address[address.length - 2] & 0xff) << 8 | address[address.length - 1] & 0xff;
  }

  /** The accounts of {@link KlaytnPrestateTracer}. */
  public static ObjectNode prestate(SortedMap<Address, AccountImage> accounts) {
    return LegacyTraceJson.prestate(accounts);
  }
}
