package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Blocks that might follow one of the chain (execution-apis, {@code eth_simulateV1}). */
final class SimulateMethods implements RpcNamespace {
  private final RpcChain chain;

  SimulateMethods(RpcChain chain) {
    this.chain = chain;
  }

  @Override
  public void addTo(RpcMethods table) {
    table.add("eth_simulateV1", this::simulate);
  }

  private JsonNode simulate(RpcParams params) {
    RpcValue payload = params.atMost(2).at(0).asObject();
    List<RpcValue> blocks = payload.field("blockStateCalls").asList();
    if (blocks.isEmpty()) {
      throw payload.field("blockStateCalls").wrong("empty input: no block is given");
    }
    SimulatedChain simulated =
        new SimulatedChain(
            chain,
            chain.required(params.at(1).asBlockOrLatest()).block(),
            new SimulatedChain.Options(
                flag(payload, "validation"),
                flag(payload, "traceTransfers"),
                flag(payload, "returnFullTransactions")));
    blocks.forEach(block -> simulated.add(block.asObject()));
    return simulated.json();
  }

  private static boolean flag(RpcValue payload, String name) {
    return payload.field(name).isPresent() && payload.field(name).asFlag();
  }
}
