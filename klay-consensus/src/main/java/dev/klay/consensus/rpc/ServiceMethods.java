package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.CreatedAccessList;
import dev.klay.core.call.Simulation;
import dev.klay.core.json.CallResultJson;
import dev.klay.core.json.ChainSpecJson;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.ReceiptJson;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.FeeHistory;
import dev.klay.core.service.Receipt;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.transaction.PartialTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What {@code ChainService} knows and no other node's JSON-RPC has a method for: the namespace
 * {@code chain}, ours alone. With it a client of a remote chain does all that one in this process
 * does.
 */
final class ServiceMethods implements RpcNamespace {
  private static final int HISTORY_MAX = 100;

  private final RpcChain chain;

  ServiceMethods(RpcChain chain) {
    this.chain = chain;
  }

  @Override
  public void addTo(RpcMethods table) {
    table.add("chain_info", params -> info());
    table.add("chain_supply", this::supply);
    table.addAsync("chain_history", this::history);
    table.addAsync("chain_waiting", this::waiting);
    table.addAsync("chain_feeHistory", this::feeHistory);
    table.addOftenBrief("chain_call", this::runCall);
    table.addOftenBrief(
        "chain_estimateGas",
        params -> CallResultJson.write(simulation(params).estimateGas(call(params))));
    table.add("chain_createAccessList", this::createAccessList);
  }

  private JsonNode info() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("genesisHash", chain.service().info().genesisHash().toHex());
    json.set("spec", ChainSpecJson.write(chain.spec()));
    return json;
  }

  /** Of all KLAY after a block, in peb. */
  private JsonNode supply(RpcParams params) {
    BlockRef ref = params.atMost(1).at(0).asBlockOrLatest();
    return RpcChain.quantity(chain.required(ref).supply());
  }

  private CompletableFuture<JsonNode> history(RpcParams params) {
    Address account = params.atMost(3).at(0).asAddress();
    RpcValue before = params.at(1);
    Optional<TxLocation> place =
        before.isPresent()
            ? Optional.of(
                new TxLocation(before.field("block").asLong(), before.field("index").asCount()))
            : Optional.empty();
    int limit = params.at(2).asCount();
    if (limit < 1 || limit > HISTORY_MAX) {
      throw new RpcException(
          RpcError.LIMIT, "1 to " + HISTORY_MAX + " transactions at once, not " + limit);
    }
    return chain.service().history(account, place, limit).thenApply(this::receipts);
  }

  private JsonNode receipts(List<Receipt> receipts) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Receipt receipt : receipts) {
      json.add(
          ReceiptJson.klay(
              chain.required(BlockRef.number(receipt.blockNumber())), receipt.index()));
    }
    return json;
  }

  private CompletableFuture<JsonNode> waiting(RpcParams params) {
    return chain
        .service()
        .waiting(params.atMost(1).at(0).asAddress())
        .thenApply(
            waiting -> {
              ArrayNode json = JsonNodeFactory.instance.arrayNode();
              waiting.forEach(tx -> json.add(tx.encode().toHex()));
              return json;
            });
  }

  private CompletableFuture<JsonNode> feeHistory(RpcParams params) {
    int blocks = params.atMost(3).at(0).asCount();
    BlockRef newest = params.at(1).asBlock();
    List<Double> percentiles = params.at(2).asList().stream().map(RpcValue::asDecimal).toList();
    if (percentiles.size() > FeeHistory.PERCENTILES_MAX) {
      throw new RpcException(
          RpcError.LIMIT, "at most " + FeeHistory.PERCENTILES_MAX + " percentiles");
    }
    return chain
        .service()
        .feeHistory(blocks, newest, percentiles)
        .thenApply(
            history -> {
              ObjectNode json = JsonNodeFactory.instance.objectNode();
              json.put("oldest", Quantity.of(history.oldest()));
              json.set("baseFees", amounts(history.baseFees()));
              ArrayNode gas = json.putArray("gasUsed");
              history.gasUsed().forEach(used -> gas.add(Quantity.of(used)));
              ArrayNode rewards = json.putArray("rewards");
              history.rewards().forEach(each -> rewards.add(amounts(each)));
              return json;
            });
  }

  private static ArrayNode amounts(List<Amount> amounts) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    amounts.forEach(amount -> json.add(Quantity.of(amount)));
    return json;
  }

  private JsonNode runCall(RpcParams params) {
    CallResult result = simulation(params).run(call(params));
    RpcChain.countOutput(result, params.budget());
    return CallResultJson.write(result);
  }

  private Simulation simulation(RpcParams params) {
    return chain.simulation(params.atMost(4), () -> false);
  }

  /**
   * A call object, or for Klaytn's kinds {@code {raw, feePayer}}: the transaction without
   * signatures as parties exchange it.
   */
  private Call call(RpcParams params) {
    RpcValue object = params.at(0).asObject();
    RpcValue raw = object.field("raw");
    if (!raw.isPresent()) {
      return CallParam.call(object, chain.spec().chainId());
    }
    RpcValue payer = object.field("feePayer");
    try {
      PartialTx tx = PartialTx.decode(raw.asBytes());
      return new Call(
          tx.tx(),
          tx.tx().from(),
          payer.isPresent() ? Optional.of(payer.asAddress()) : Optional.empty());
    } catch (DecodingException | IllegalArgumentException e) {
      throw raw.wrong("no unsigned transaction of Klaytn's: " + e.getMessage());
    }
  }

  private JsonNode createAccessList(RpcParams params) {
    CreatedAccessList created = simulation(params).createAccessList(call(params));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("accessList", TransactionJson.accessList(created.accessList()));
    json.set("result", CallResultJson.write(created.result()));
    return json;
  }
}
