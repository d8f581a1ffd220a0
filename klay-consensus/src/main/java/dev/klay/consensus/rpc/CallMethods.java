package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.CreatedAccessList;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.call.Simulation;
import dev.klay.core.evm.Step;
import dev.klay.core.evm.Tracer;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.TransactionJson;

/** Calls that change nothing: what they return, how much gas they need, what they touch. */
final class CallMethods implements RpcNamespace {
  private final RpcChain chain;
  private final Dialect dialect;

  CallMethods(RpcChain chain, Dialect dialect) {
    this.chain = chain;
    this.dialect = dialect;
  }

  @Override
  public void addTo(RpcMethods table) {
    table.addOftenBrief(dialect.name("call"), this::call);
    table.addOftenBrief(dialect.name("estimateGas"), this::estimateGas);
    table.add(dialect.name("createAccessList"), this::createAccessList);
    if (dialect == Dialect.KLAY) {
      table.add("klay_estimateComputationCost", this::computationCost);
    }
  }

  private Call read(RpcParams params) {
    return CallParam.call(params.atMost(4).at(0), chain.spec().chainId());
  }

  private Simulation simulation(RpcParams params) {
    return chain.simulation(params, chain.timeIsOver());
  }

  private JsonNode call(RpcParams params) {
    Call call = read(params);
    CallResult result = simulation(params).run(call);
    RpcChain.countOutput(result, params.budget());
    CallFailure.refuse(result);
    return TextNode.valueOf(result.output().toHex());
  }

  private JsonNode estimateGas(RpcParams params) {
    Call call = read(params);
    GasEstimate estimate = simulation(params).estimateGas(call);
    if (estimate instanceof GasEstimate.Failing failing) {
      throw CallFailure.ofEstimate(failing);
    }
    return RpcChain.quantity(((GasEstimate.Sufficient) estimate).gas());
  }

  private JsonNode createAccessList(RpcParams params) {
    Call call = read(params);
    CreatedAccessList created = simulation(params).createAccessList(call);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("accessList", TransactionJson.accessList(created.accessList()));
    CallFailure.text(created.result()).ifPresent(text -> json.put("error", text));
    json.put("gasUsed", Quantity.of(created.result().gasUsed()));
    return json;
  }

  private JsonNode computationCost(RpcParams params) {
    Call call = read(params);
    ComputationCounter counter = new ComputationCounter();
    CallResult result = simulation(params).run(call, counter);
    CallFailure.refuse(result);
    return RpcChain.quantity(counter.cost);
  }

  /** Adds up Klaytn's cost of the opcodes that run. */
  private static final class ComputationCounter implements Tracer {
    private long cost;

    @Override
    public void onStep(Step step) {
      cost += step.computationCost();
    }
  }
}
