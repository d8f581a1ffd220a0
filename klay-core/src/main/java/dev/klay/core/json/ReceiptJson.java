package dev.klay.core.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Block;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.block.Log;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.storage.StoredBlock;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Receipts as {@code klay_getTransactionReceipt} and {@code eth_getTransactionReceipt} show them.
 */
public final class ReceiptJson {
  private ReceiptJson() {}

  /** All receipts of a block in Klaytn's shape. */
  public static List<ObjectNode> klay(StoredBlock stored) {
    List<ObjectNode> all = new ArrayList<>();
    int logs = 0;
    for (int i = 0; i < stored.executed().size(); i++) {
      all.add(klay(stored, i, logs));
      logs += stored.executed().get(i).receipt().logs().size();
    }
    return all;
  }

  /** Klaytn's shape: the transaction's fields, and what it did. */
  public static ObjectNode klay(StoredBlock stored, int index) {
    return klay(stored, index, logsBefore(stored, index));
  }

  private static ObjectNode klay(StoredBlock stored, int index, int firstLog) {
    TxOutcome.Executed executed = stored.executed().get(index);
    SignedTx signed = executed.transaction();
    TxPosition position = position(stored.block(), executed, index);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    place(json, position, signed);
    TransactionJson.fields(json, signed);
    outcome(json, executed, position, firstLog);
    if (!executed.receipt().isSuccess()) {
      json.put("txError", Quantity.of(executed.receipt().status()));
    }
    return json;
  }

  /** All receipts of a block in Ethereum's shape. */
  public static List<ObjectNode> eth(StoredBlock stored) {
    List<ObjectNode> all = new ArrayList<>();
    for (int i = 0; i < stored.executed().size(); i++) {
      all.add(eth(stored, i));
    }
    return all;
  }

  /** Ethereum's shape, with the gas of the block up to here. */
  public static ObjectNode eth(StoredBlock stored, int index) {
    TxOutcome.Executed executed = stored.executed().get(index);
    SignedTx signed = executed.transaction();
    TxPosition position = position(stored.block(), executed, index);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    place(json, position, signed);
    json.put("from", signed.sender().toHex());
    json.put("to", TransactionJson.ethRecipient(signed).map(Address::toHex).orElse(null));
    json.put("type", TransactionJson.ethType(signed.tx()));
    long cumulative = 0;
    for (int i = 0; i <= index; i++) {
      cumulative += stored.executed().get(i).receipt().gasUsed();
    }
    json.put("cumulativeGasUsed", Quantity.of(cumulative));
    outcome(json, executed, position, logsBefore(stored, index));
    return json;
  }

  private static void place(ObjectNode json, TxPosition position, SignedTx signed) {
    json.put("blockHash", position.blockHash().toHex());
    json.put("blockNumber", Quantity.of(position.blockNumber()));
    json.put("transactionHash", signed.hash().toHex());
    json.put("transactionIndex", Quantity.of(position.index()));
  }

  private static void outcome(
      ObjectNode json, TxOutcome.Executed executed, TxPosition position, int firstLog) {
    ConsensusReceipt receipt = executed.receipt();
    json.put("status", receipt.isSuccess() ? "0x1" : "0x0");
    json.put("gasUsed", Quantity.of(receipt.gasUsed()));
    json.put("effectiveGasPrice", Quantity.of(executed.gasPrice()));
    json.put("contractAddress", executed.contract().map(Address::toHex).orElse(null));
    json.put("logsBloom", receipt.bloom().bits().toHex());
    ArrayNode logs = json.putArray("logs");
    int index = firstLog;
    for (Log log : receipt.logs()) {
      logs.add(LogJson.write(log, position, executed.transaction().hash(), index));
      index++;
    }
  }

  private static TxPosition position(Block block, TxOutcome.Executed executed, int index) {
    return new TxPosition(
        block.hash(), block.number(), block.header().time(), index, executed.gasPrice());
  }

  private static int logsBefore(StoredBlock stored, int index) {
    int logs = 0;
    for (int i = 0; i < index; i++) {
      logs += stored.executed().get(i).receipt().logs().size();
    }
    return logs;
  }
}
