package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.json.HeaderJson;
import dev.klay.core.json.Quantity;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.FeeHistory;
import dev.klay.crypto.primitive.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What gas costs, and did. */
final class FeeMethods implements RpcNamespace {
  private final RpcChain chain;
  private final Dialect dialect;

  FeeMethods(RpcChain chain, Dialect dialect) {
    this.chain = chain;
    this.dialect = dialect;
  }

  @Override
  public void addTo(RpcMethods table) {
    table.addAsync(
        dialect.name("gasPrice"),
        params -> chain.service().gasPrice().thenApply(RpcChain::quantity));
    table.add(dialect.name("maxPriorityFeePerGas"), params -> RpcChain.quantity(priorityPrice()));
    table.add(
        dialect.name("upperBoundGasPrice"),
        params ->
            RpcChain.quantity(
                rules().has(Fork.MAGMA)
                    ? rules().parameters().baseFee().upperBound()
                    : rules().parameters().unitPrice()));
    table.add(
        dialect.name("lowerBoundGasPrice"),
        params ->
            RpcChain.quantity(
                rules().has(Fork.MAGMA)
                    ? rules().parameters().baseFee().lowerBound()
                    : rules().parameters().unitPrice()));
    table.add(dialect.name("feeHistory"), this::feeHistory);
    if (dialect == Dialect.ETH) {
      table.add(
          "eth_baseFee",
          params -> RpcChain.quantity(chain.chain().nextBaseFee(chain.reads().head())));
    }
  }

  /** Rules of the next block. */
  private BlockRules rules() {
    return chain.chain().rulesAfter(chain.reads().head());
  }

  /** Before Magma, base fee 0 and this together are the fixed price; then nobody gets a tip. */
  private Amount priorityPrice() {
    return rules().has(Fork.MAGMA) ? Amount.ZERO : rules().parameters().unitPrice();
  }

  private JsonNode feeHistory(RpcParams params) {
    int count = params.atMost(3).at(0).asCount();
    BlockRef newest = params.at(1).asBlock();
    if (newest instanceof BlockRef.ByHash) {
      throw params.at(1).wrong("a number or a name is wanted, no hash");
    }
    List<Double> percentiles = percentiles(params.at(2));
    long head = chain.reads().head().number();
    if (newest instanceof BlockRef.Number number && number.number() > head) {
      throw RpcException.refused(
          "request beyond head block: requested " + number.number() + ", head " + head);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (count == 0) {
      json.put("oldestBlock", "0x0");
      json.putArray("gasUsedRatio");
      return json;
    }
    return write(chain.reads().feeHistory(count, newest, percentiles), json);
  }

  private static JsonNode write(FeeHistory history, ObjectNode json) {
    json.put("oldestBlock", Quantity.of(history.oldest()));
    if (!history.rewards().isEmpty()) {
      ArrayNode rewards = json.putArray("reward");
      history.rewards().forEach(each -> addAll(rewards.addArray(), each));
    }
    addAll(json.putArray("baseFeePerGas"), history.baseFees());
    ArrayNode ratios = json.putArray("gasUsedRatio");
    for (long gas : history.gasUsed()) {
      ratios.add((double) gas / HeaderJson.GAS_LIMIT);
    }
    return json;
  }

  private static void addAll(ArrayNode json, List<Amount> amounts) {
    amounts.forEach(amount -> json.add(Quantity.of(amount)));
  }

  private static List<Double> percentiles(RpcValue list) {
    List<Double> percentiles = new ArrayList<>();
    if (!list.isPresent()) {
      return percentiles;
    }
    for (RpcValue each : list.asList()) {
      percentiles.add(each.asDecimal());
    }
    if (percentiles.size() > FeeHistory.PERCENTILES_MAX) {
      throw new RpcException(
          RpcError.LIMIT, "at most " + FeeHistory.PERCENTILES_MAX + " percentiles are allowed");
    }
    for (int i = 0; i < percentiles.size(); i++) {
      double value = percentiles.get(i);
      if (value < 0 || value > 100) {
        throw RpcException.refused(
            String.format(Locale.ROOT, "invalid reward percentile: %f", value));
      }
      if (i > 0 && value < percentiles.get(i - 1)) {
        throw RpcException.refused(
            String.format(
                Locale.ROOT,
                "invalid reward percentile: #%d:%f > #%d:%f",
                i - 1,
                percentiles.get(i - 1),
                i,
                value));
      }
    }
    return percentiles;
  }
}
