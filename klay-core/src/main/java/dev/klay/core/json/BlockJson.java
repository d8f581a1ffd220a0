package dev.klay.core.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.BlockRules;
import dev.klay.core.execution.GasPrices;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.Optional;

/** Blocks as {@code klay_getBlockByNumber} and {@code eth_getBlockByNumber} show them. */
public final class BlockJson {
  private BlockJson() {}

  /**
   * Klaytn's shape.
   *
   * @param totalScore of this block and all before it
   * @param wholeTransactions rather than their hashes
   */
  public static ObjectNode klay(
      Block block, BlockRules rules, UInt256 totalScore, boolean wholeTransactions) {
    ObjectNode json = HeaderJson.klayFields(block.header(), block.hash(), rules.forks());
    json.put("size", Quantity.of(block.encode().size()));
    json.put("totalBlockScore", Quantity.of(totalScore));
    ArrayNode transactions = json.putArray("transactions");
    for (int i = 0; i < block.transactions().size(); i++) {
      SignedTx tx = block.transactions().get(i);
      if (wholeTransactions) {
        transactions.add(TransactionJson.klayInBlock(tx, position(block, i, rules)));
      } else {
        transactions.add(tx.hash().toHex());
      }
    }
    return json;
  }

  /**
   * Ethereum's shape.
   *
   * @param totalScore of this block and all before it
   * @param wholeTransactions rather than their hashes
   */
  public static ObjectNode eth(
      Block block, BlockRules rules, UInt256 totalScore, boolean wholeTransactions) {
    Header header = block.header();
    Address author = block.number() == 0 ? Address.ZERO : block.author();
    ObjectNode json = HeaderJson.ethFields(header, block.hash(), author, totalScore, rules.forks());
    json.put("size", Quantity.of(block.encode().size()));
    json.putArray("uncles");
    ArrayNode transactions = json.putArray("transactions");
    for (int i = 0; i < block.transactions().size(); i++) {
      SignedTx tx = block.transactions().get(i);
      if (wholeTransactions) {
        transactions.add(TransactionJson.eth(tx, Optional.of(position(block, i, rules))));
      } else {
        transactions.add(tx.hash().toHex());
      }
    }
    return json;
  }

  /** The place of a block's transaction. */
  public static TxPosition position(Block block, int index, BlockRules rules) {
    SignedTx tx = block.transactions().get(index);
    Amount baseFee = block.header().baseFee().orElse(Amount.ZERO);
    Hash hash = block.hash();
    return new TxPosition(
        hash,
        block.number(),
        block.header().time(),
        index,
        GasPrices.effective(tx.tx(), rules, baseFee));
  }
}
