package dev.klay.core.evm.trace;

import dev.klay.core.block.Log;
import dev.klay.core.evm.BlockContext;
import dev.klay.core.evm.CallEnd;
import dev.klay.core.evm.CallStart;
import dev.klay.core.evm.Step;
import dev.klay.core.evm.Tracer;
import dev.klay.core.evm.TxContext;
import dev.klay.core.evm.TxExecution;
import dev.klay.core.evm.TxMessage;
import java.util.List;

/** Several tracers of one run. Each is told everything, in the order given. */
public final class CompositeTracer implements Tracer {
  private final List<Tracer> tracers;

  public CompositeTracer(Tracer... tracers) {
    this.tracers = List.of(tracers);
  }

  @Override
  public void onTransactionStart(BlockContext block, TxContext context, TxMessage tx) {
    tracers.forEach(tracer -> tracer.onTransactionStart(block, context, tx));
  }

  @Override
  public void onTransactionEnd(TxExecution.Outcome outcome) {
    tracers.forEach(tracer -> tracer.onTransactionEnd(outcome));
  }

  @Override
  public void onStep(Step step) {
    tracers.forEach(tracer -> tracer.onStep(step));
  }

  @Override
  public void onCost(long gas, int memorySize) {
    tracers.forEach(tracer -> tracer.onCost(gas, memorySize));
  }

  @Override
  public void onLog(Log log) {
    tracers.forEach(tracer -> tracer.onLog(log));
  }

  @Override
  public void onEnter(CallStart call) {
    tracers.forEach(tracer -> tracer.onEnter(call));
  }

  @Override
  public void onExit(CallEnd end) {
    tracers.forEach(tracer -> tracer.onExit(end));
  }
}
