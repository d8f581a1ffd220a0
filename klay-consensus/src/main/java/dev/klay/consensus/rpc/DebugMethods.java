package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.block.Block;
import dev.klay.core.call.Call;
import dev.klay.core.call.Simulation;
import dev.klay.core.config.BlockRules;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockReplay;
import dev.klay.core.state.WorldState;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Traces of what was run or could be, and raw encodings: {@code debug}. */
final class DebugMethods implements RpcNamespace {
  private final RpcChain chain;
  private final boolean klaytn;

  DebugMethods(RpcChain chain) {
    this.chain = chain;
    this.klaytn = chain.spec().sealRule() == SealRule.ISTANBUL;
  }

  @Override
  public void addTo(RpcMethods table) {
    table.add("debug_traceTransaction", this::traceTransaction);
    table.add("debug_traceCall", this::traceCall);
    table.add("debug_traceBlockByNumber", this::traceBlock);
    table.add("debug_traceBlockByHash", this::traceBlock);
    table.add("debug_getRawBlock", params -> TextNode.valueOf(block(params).encode().toHex()));
    table.alias("debug_getBlockRlp", "debug_getRawBlock");
    table.add(
        "debug_getRawHeader", params -> TextNode.valueOf(block(params).header().encode().toHex()));
    table.add("debug_getRawReceipts", this::rawReceipts);
    table.add("debug_getBadBlocks", params -> JsonNodeFactory.instance.arrayNode()); // none is kept
    table.add("debug_getRawTransaction", this::rawTransaction);
  }

  private Block block(RpcParams params) {
    return chain.required(params.atMost(1).at(0).asBlock()).block();
  }

  private JsonNode rawReceipts(RpcParams params) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    StoredBlock stored = chain.required(params.atMost(1).at(0).asBlock());
    stored.executed().forEach(each -> json.add(each.receipt().encode().toHex()));
    return json;
  }

  private JsonNode rawTransaction(RpcParams params) {
    Hash hash = params.atMost(1).at(0).asHash();
    Optional<SignedTx> found =
        chain
            .chain()
            .store()
            .transaction(hash)
            .map(
                at ->
                    chain
                        .required(BlockRef.number(at.blockNumber()))
                        .block()
                        .transactions()
                        .get(at.index()))
            .or(() -> chain.pool().find(hash));
    return TextNode.valueOf(found.map(tx -> tx.ethereumEncoding().toHex()).orElse("0x"));
  }

  private Tracing tracing(RpcValue options) {
    return new Tracing(TraceOptions.read(options, klaytn), klaytn);
  }

  private JsonNode traceTransaction(RpcParams params) {
    Hash hash = params.atMost(2).at(0).asHash();
    Tracing tracing = tracing(params.at(1));
    TxLocation location =
        chain
            .chain()
            .store()
            .transaction(hash)
            .orElseThrow(
                () ->
                    RpcException.refused(
                        "transaction " + hash.toHex().substring(2) + " not found"));
    Block block = chain.required(BlockRef.number(location.blockNumber())).block();
    BlockReplay replay = new BlockReplay(chain.reads(), block);
    replay.skip(location.index());
    return trace(replay, tracing);
  }

  private JsonNode traceBlock(RpcParams params) {
    Block block = chain.required(params.atMost(2).at(0).asBlock()).block();
    Tracing tracing = tracing(params.at(1));
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    if (block.number() == 0) {
      throw RpcException.refused("genesis is not traceable");
    }
    BlockReplay replay = new BlockReplay(chain.reads(), block);
    BooleanSupplier over = chain.timeIsOver();
    for (SignedTx transaction : block.transactions()) {
      if (over.getAsBoolean()) {
        throw new RpcException(
            RpcError.TIMEOUT, "the block is too much to trace at once; trace its transactions");
      }
      ObjectNode each = json.addObject();
      each.put("txHash", transaction.hash().toHex());
      each.set("result", trace(replay, tracing));
    }
    return json;
  }

  private static ObjectNode trace(BlockReplay replay, Tracing tracing) {
    return tracing.of(
        replay.state(),
        replay.rules(),
        tracer -> {
          replay.next(tracer);
          return replay.state();
        },
        after -> {});
  }

  private JsonNode traceCall(RpcParams params) {
    Call call = CallParam.call(params.atMost(3).at(0), chain.spec().chainId());
    BlockRef ref = params.at(1).asBlockOrLatest();
    RpcValue options = params.at(2);
    TraceOptions traced = TraceOptions.read(options, klaytn);
    if (traced.difference()) {
      throw options.wrong("diffMode is for transactions of blocks, calls leave no state behind");
    }
    Tracing tracing = new Tracing(traced, klaytn);
    Block block = chain.required(ref).block();
    WorldState before = chain.state(BlockRef.number(block.number()));
    BlockRules rules = chain.reads().rules(block.number());
    Simulation simulation =
        chain
            .reads()
            .simulation(
                ref,
                CallParam.overrides(
                    options.field("stateOverrides"), options.field("blockOverrides")),
                chain.limits().callGasMax());
    return tracing.of(
        before,
        rules,
        tracer -> {
          simulation.run(call, tracer);
          return before; // a simulated call leaves no state behind
        },
        after -> {});
  }
}
