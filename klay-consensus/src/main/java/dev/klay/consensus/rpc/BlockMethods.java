package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Block;
import dev.klay.core.json.BlockJson;
import dev.klay.core.json.HeaderJson;
import dev.klay.core.json.ReceiptJson;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainReads;
import dev.klay.core.storage.StoredBlock;
import java.util.List;
import java.util.Optional;

/** Blocks, headers and all receipts of a block. */
final class BlockMethods implements RpcNamespace {
  private final RpcChain chain;
  private final Dialect dialect;
  private final PendingBlock pending;

  BlockMethods(RpcChain chain, Dialect dialect) {
    this.chain = chain;
    this.dialect = dialect;
    this.pending = new PendingBlock(chain);
  }

  @Override
  public void addTo(RpcMethods table) {
    table.addBrief(
        dialect.name("blockNumber"), params -> RpcChain.quantity(chain.reads().head().number()));
    for (String by : List.of("ByNumber", "ByHash")) {
      table.add(dialect.name("getBlock" + by), this::block);
      table.add(dialect.name("getHeader" + by), this::header);
      table.add(dialect.name("getBlockTransactionCount" + by), this::transactionCount);
    }
    table.add(dialect.name("getBlockReceipts"), this::receipts);
    if (dialect == Dialect.ETH) {
      addUncles(table);
    }
  }

  /** There are none, but tools ask. */
  private void addUncles(RpcMethods table) {
    for (String by : List.of("ByBlockNumber", "ByBlockHash")) {
      table.add(
          "eth_getUncleCount" + by,
          params ->
              chain
                  .block(params.atMost(1).at(0).asBlock(), dialect)
                  .map(block -> RpcChain.quantity(0))
                  .orElse(NullNode.instance));
      table.add("eth_getUncle" + by + "AndIndex", params -> NullNode.instance);
    }
  }

  private JsonNode block(RpcParams params) {
    BlockRef ref = params.atMost(2).at(0).asBlock();
    boolean whole = params.has(1) && params.at(1).asFlag();
    if (dialect == Dialect.ETH && ref.equals(BlockRef.PENDING)) {
      return pending.json(whole);
    }
    return RpcChain.orNull(chain.block(ref, dialect).map(found -> json(found.block(), whole)));
  }

  private ObjectNode json(Block block, boolean whole) {
    var rules = chain.reads().rules(block.number());
    var score = chain.reads().totalScore(block.number());
    return dialect == Dialect.ETH
        ? BlockJson.eth(block, rules, score, whole)
        : BlockJson.klay(block, rules, score, whole);
  }

  private JsonNode header(RpcParams params) {
    BlockRef ref = params.atMost(1).at(0).asBlock();
    return RpcChain.orNull(
        chain.block(ref, dialect).map(found -> header(chain, dialect, found.block())));
  }

  /** A header in a dialect, as it is asked for and as it is told to subscribers. */
  static ObjectNode header(RpcChain chain, Dialect dialect, Block block) {
    var forks = chain.spec().genesis().forks();
    return dialect == Dialect.ETH
        ? HeaderJson.eth(
            block.header(),
            block.hash(),
            ChainReads.author(block),
            chain.reads().totalScore(block.number()),
            forks)
        : HeaderJson.klay(block.header(), block.hash(), forks);
  }

  private JsonNode transactionCount(RpcParams params) {
    BlockRef ref = params.atMost(1).at(0).asBlock();
    if (dialect == Dialect.ETH && ref.equals(BlockRef.PENDING)) {
      return RpcChain.quantity(pending.transactions().size());
    }
    return RpcChain.orNull(
        chain
            .block(ref, dialect)
            .map(found -> RpcChain.quantity(found.block().transactions().size())));
  }

  private JsonNode receipts(RpcParams params) {
    BlockRef ref = params.atMost(1).at(0).asBlock();
    Optional<StoredBlock> found = chain.block(ref, dialect);
    if (found.isEmpty()) {
      return NullNode.instance;
    }
    StoredBlock stored = found.orElseThrow();
    List<ObjectNode> all =
        dialect == Dialect.ETH ? ReceiptJson.eth(stored) : ReceiptJson.klay(stored);
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    all.forEach(json::add);
    return json;
  }
}
