package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.evm.Tracer;
import dev.klay.core.evm.trace.CallTracer;
import dev.klay.core.evm.trace.GethTraceJson;
import dev.klay.core.evm.trace.KlaytnPrestateTracer;
import dev.klay.core.evm.trace.KlaytnTraceJson;
import dev.klay.core.evm.trace.PrestateTracer;
import dev.klay.core.evm.trace.StructLogTracer;
import dev.klay.core.evm.trace.TraceBudget;
import dev.klay.core.state.WorldState;
import java.util.function.Consumer;

/**
 * One traced run and its JSON. Chains of Klaytn's own are traced in the shape of Klaytn's nodes,
 * ours in geth's, which today's tools read.
 */
final class Tracing {
  /** What a trace may keep; an answer could not hold more. */
  private static final TraceBudget BUDGET = new TraceBudget(64L << 20);

  /** Runs what is to be traced; gives the state after it. */
  @FunctionalInterface
  interface Run {
    WorldState with(Tracer tracer);
  }

  private final TraceOptions options;
  private final boolean klaytn;

  Tracing(TraceOptions options, boolean klaytn) {
    this.options = options;
    this.klaytn = klaytn;
  }

  /**
   * Traces a run.
   *
   * @param before the state before it
   * @param follow is given the state after it
   */
  ObjectNode of(WorldState before, BlockRules rules, Run run, Consumer<WorldState> follow) {
    return switch (options.tracer()) {
      case TraceOptions.CALLS -> calls(run, follow);
      case TraceOptions.PRESTATE -> prestate(before, rules, run, follow);
      default -> steps(run, follow);
    };
  }

  private ObjectNode calls(Run run, Consumer<WorldState> follow) {
    CallTracer tracer = new CallTracer(options.calls(), BUDGET);
    follow.accept(run.with(tracer));
    return klaytn ? KlaytnTraceJson.calls(tracer) : GethTraceJson.calls(tracer);
  }

  private ObjectNode steps(Run run, Consumer<WorldState> follow) {
    StructLogTracer tracer = new StructLogTracer(options.steps(), BUDGET);
    follow.accept(run.with(tracer));
    return klaytn ? KlaytnTraceJson.steps(tracer) : GethTraceJson.steps(tracer);
  }

  private ObjectNode prestate(
      WorldState before, BlockRules rules, Run run, Consumer<WorldState> follow) {
    if (klaytn && !options.difference()) {
      KlaytnPrestateTracer tracer = new KlaytnPrestateTracer(BUDGET);
      WorldState after = run.with(tracer);
      follow.accept(after);
      return KlaytnTraceJson.prestate(tracer.result(after));
    }
    PrestateTracer tracer =
        new PrestateTracer(options.prestate(), before, rules.has(Fork.PRAGUE), BUDGET);
    WorldState after = run.with(tracer);
    follow.accept(after);
    return options.difference()
        ? GethTraceJson.difference(tracer.difference(after), options.prestate())
        : GethTraceJson.prestate(tracer);
  }
}
