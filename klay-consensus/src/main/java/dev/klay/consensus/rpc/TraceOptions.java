package dev.klay.consensus.rpc;

import dev.klay.core.evm.trace.CallTracer;
import dev.klay.core.evm.trace.PrestateTracer;
import dev.klay.core.evm.trace.StructLogTracer;

/**
 * How a run is to be traced.
 *
 * @param tracer callTracer, prestateTracer, or empty for the step log
 * @param difference whether prestateTracer shows what changed rather than what was
 */
record TraceOptions(
    String tracer,
    CallTracer.Options calls,
    PrestateTracer.Options prestate,
    boolean difference,
    StructLogTracer.Options steps) {
  static final String CALLS = "callTracer";
  static final String PRESTATE = "prestateTracer";

  /**
   * Reads the options of a request; all may be missing.
   *
   * @param klaytn whether Klaytn's defaults hold: steps with memory
   */
  static TraceOptions read(RpcValue object, boolean klaytn) {
    if (object.isPresent()) {
      object.asObject();
    }
    RpcValue tracer = object.field("tracer");
    String name = tracer.isPresent() ? tracer.asText() : "";
    if (!name.isEmpty() && !name.equals(CALLS) && !name.equals(PRESTATE)) {
      throw tracer.wrong("known tracers are callTracer and prestateTracer; none is the step log");
    }
    RpcValue config = object.field("tracerConfig");
    boolean memory =
        object.field("enableMemory").isPresent()
            ? object.field("enableMemory").asFlag()
            : klaytn && !flag(object, "disableMemory");
    return new TraceOptions(
        name,
        new CallTracer.Options(flag(config, "onlyTopCall"), flag(config, "withLog"), klaytn),
        new PrestateTracer.Options(
            !flag(config, "disableCode"),
            !flag(config, "disableStorage"),
            flag(config, "includeEmpty")),
        flag(config, "diffMode"),
        new StructLogTracer.Options(
            !flag(object, "disableStack"),
            memory,
            !flag(object, "disableStorage"),
            flag(object, "enableReturnData"),
            object.field("limit").isPresent() ? object.field("limit").asCount() : 0));
  }

  private static boolean flag(RpcValue object, String name) {
    RpcValue value = object.field(name);
    return value.isPresent() && value.asFlag();
  }
}
