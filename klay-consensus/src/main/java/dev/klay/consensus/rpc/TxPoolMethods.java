package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What waits in the pool: {@code txpool}. */
final class TxPoolMethods implements RpcNamespace {
  /** Accounts that are shown at once; {@code txpool_contentFrom} shows any. */
  private static final int ACCOUNTS_MAX = 1_000;

  private final RpcChain chain;

  TxPoolMethods(RpcChain chain) {
    this.chain = chain;
  }

  @Override
  public void addTo(RpcMethods table) {
    table.add("txpool_status", params -> status());
    table.add("txpool_content", params -> content(TxPoolMethods::shown));
    table.add("txpool_inspect", params -> content(TxPoolMethods::line));
    table.add("txpool_contentFrom", this::contentFrom);
  }

  private JsonNode status() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("pending", Quantity.of(chain.pool().readyCount()));
    json.put("queued", Quantity.of(chain.pool().queuedCount()));
    return json;
  }

  private JsonNode content(Function<SignedTx, JsonNode> show) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode pending = json.putObject("pending");
    ObjectNode queued = json.putObject("queued");
    for (Map.Entry<Address, TxPool.Waiting> each : chain.pool().content(ACCOUNTS_MAX).entrySet()) {
      putUnlessEmpty(pending, each.getKey(), byNonce(each.getValue().ready(), show));
      putUnlessEmpty(queued, each.getKey(), byNonce(each.getValue().queued(), show));
    }
    return json;
  }

  private static void putUnlessEmpty(ObjectNode json, Address account, ObjectNode txs) {
    if (!txs.isEmpty()) {
      json.set(account.toHex(), txs);
    }
  }

  private static ObjectNode byNonce(List<SignedTx> txs, Function<SignedTx, JsonNode> show) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    txs.forEach(tx -> json.set(Long.toUnsignedString(tx.tx().nonce()), show.apply(tx)));
    return json;
  }

  private JsonNode contentFrom(RpcParams params) {
    Address account = params.atMost(1).at(0).asAddress();
    TxPool.Waiting waiting = chain.pool().waitingOf(account);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("pending", byNonce(waiting.ready(), TxPoolMethods::shown));
    json.set("queued", byNonce(waiting.queued(), TxPoolMethods::shown));
    return json;
  }

  private static JsonNode shown(SignedTx tx) {
    return TransactionJson.eth(tx, Optional.empty());
  }

  private static JsonNode line(SignedTx signed) {
    Tx tx = signed.tx();
    String to = tx.to().map(Address::toHex).orElse("contract creation");
    return TextNode.valueOf(
        to
            + ": "
            + tx.value().peb().toBigInteger()
            + " peb + "
            + tx.gas()
            + " gas x "
            + tx.gasPrice().peb().toBigInteger()
            + " peb");
  }
}
