package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.json.LogJson;
import dev.klay.core.json.TxPosition;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.LogView;
import dev.klay.crypto.primitive.Amount;
import java.util.List;

/** Logs at once, by polling a filter, and by subscription. */
final class FilterMethods implements RpcNamespace {
  private final RpcChain chain;
  private final Dialect dialect;
  private final Filters filters;
  private final Subscriptions subscriptions;

  FilterMethods(RpcChain chain, Dialect dialect, Filters filters, Subscriptions subscriptions) {
    this.chain = chain;
    this.dialect = dialect;
    this.filters = filters;
    this.subscriptions = subscriptions;
  }

  @Override
  public void addTo(RpcMethods table) {
    table.add(
        dialect.name("getLogs"),
        params -> json(chain.reads().logs(LogFilterParam.read(params.atMost(1).at(0)))));
    table.addForSession(
        dialect.name("newFilter"),
        (params, session) -> {
          LogFilter filter = LogFilterParam.read(params.atMost(1).at(0));
          return TextNode.valueOf(filters.ofLogs(session.client(), filter));
        });
    table.addForSession(
        dialect.name("newBlockFilter"),
        (params, session) -> TextNode.valueOf(filters.ofBlocks(session.client())));
    table.addForSession(
        dialect.name("newPendingTransactionFilter"),
        (params, session) -> TextNode.valueOf(filters.ofTransactions(session.client())));
    table.add(
        dialect.name("getFilterChanges"),
        params -> filters.changes(params.atMost(1).at(0).asText()));
    table.add(
        dialect.name("getFilterLogs"), params -> filters.logs(params.atMost(1).at(0).asText()));
    table.add(
        dialect.name("uninstallFilter"),
        params -> BooleanNode.valueOf(filters.remove(params.atMost(1).at(0).asText())));
    table.addForSession(dialect.name("subscribe"), this::subscribe);
    table.addForSession(
        dialect.name("unsubscribe"),
        (params, session) -> {
          if (!session.remove(params.atMost(1).at(0).asText())) {
            throw RpcException.refused("subscription not found");
          }
          return BooleanNode.TRUE;
        });
  }

  private JsonNode subscribe(RpcParams params, RpcSession session) {
    String kind = params.atMost(2).at(0).asText();
    String id =
        switch (kind) {
          case "newHeads" -> subscriptions.toHeads(session, dialect);
          case "logs" ->
              subscriptions.toLogs(
                  session, dialect, LogFilterParam.readForSubscription(params.at(1)));
          case "newPendingTransactions" ->
              subscriptions.toTransactions(
                  session, dialect, params.has(1) && params.at(1).asFlag());
          case "syncing" -> subscriptions.toSyncing(session, dialect);
          default ->
              throw new RpcException(
                  RpcError.METHOD_NOT_FOUND,
                  "no \"" + kind + "\" subscription in " + namespace() + " namespace");
        };
    return TextNode.valueOf(id);
  }

  private String namespace() {
    return dialect == Dialect.ETH ? "eth" : "klay";
  }

  static ArrayNode json(List<LogView> logs) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    logs.forEach(log -> json.add(json(log)));
    return json;
  }

  static JsonNode json(LogView log) {
    TxPosition position =
        new TxPosition(log.blockHash(), log.blockNumber(), 0, log.transactionIndex(), Amount.ZERO);
    return LogJson.write(log.log(), position, log.transactionHash(), log.index());
  }
}
