package dev.klay.client.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.json.Quantity;
import dev.klay.core.service.Receipt;
import dev.klay.core.storage.TxLocation;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Reads an account's history; a node gives {@value #PAGE} transactions at once. */
final class HistoryPages {
  private static final int PAGE = 100;

  private final RemoteNode node;
  private final Function<JsonNode, CompletableFuture<List<Receipt>>> receipts;

  HistoryPages(RemoteNode node, Function<JsonNode, CompletableFuture<List<Receipt>>> receipts) {
    this.node = node;
    this.receipts = receipts;
  }

  CompletableFuture<List<Receipt>> read(Address account, Optional<TxLocation> before, int limit) {
    int page = Math.min(PAGE, limit);
    return node.call(
            "chain_history",
            account.toHex(),
            before.<JsonNode>map(HistoryPages::place).orElse(NullNode.instance),
            Quantity.of(page))
        .thenCompose(receipts)
        .thenCompose(
            first -> {
              if (first.size() < page || page == limit) {
                return CompletableFuture.completedFuture(first);
              }
              TxLocation last = first.get(first.size() - 1).location();
              return read(account, Optional.of(last), limit - page)
                  .thenApply(rest -> joined(first, rest));
            });
  }

  private static ObjectNode place(TxLocation location) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("block", Quantity.of(location.blockNumber()));
    json.put("index", Quantity.of(location.index()));
    return json;
  }

  private static List<Receipt> joined(List<Receipt> first, List<Receipt> rest) {
    List<Receipt> all = new ArrayList<>(first);
    all.addAll(rest);
    return all;
  }
}
