package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.crypto.hash.Keccak256;

/**
 * What a node says of itself and its chain: {@code eth}, {@code klay}, {@code net}, {@code web3}.
 */
final class NodeMethods implements RpcNamespace {
  /** Klaytn's version 65. */
  private static final int PROTOCOL_VERSION = 0x41;

  private final RpcChain chain;

  NodeMethods(RpcChain chain) {
    this.chain = chain;
  }

  @Override
  public void addTo(RpcMethods table) {
    for (Dialect dialect : Dialect.values()) {
      table.addBrief(dialect.name("chainId"), params -> RpcChain.quantity(chain.spec().chainId()));
      table.addBrief(
          dialect.name("protocolVersion"), params -> RpcChain.quantity(PROTOCOL_VERSION));
      table.addBrief(dialect.name("syncing"), params -> BooleanNode.FALSE);
    }
    table.alias("klay_chainID", "klay_chainId");
    addMining(table);
    addKlay(table);
    addNet(table);
    addWeb3(table);
  }

  /** Nobody mines, but tools ask. */
  private void addMining(RpcMethods table) {
    table.addBrief("eth_coinbase", params -> address());
    table.addBrief("eth_etherbase", params -> address());
    table.addBrief("eth_mining", params -> BooleanNode.FALSE);
    table.addBrief("eth_hashrate", params -> RpcChain.quantity(0));
    table.addBrief("eth_submitWork", params -> BooleanNode.FALSE);
    table.addBrief("eth_submitHashrate", params -> BooleanNode.FALSE);
    table.addBrief(
        "eth_getWork",
        params -> {
          throw RpcException.refused("this chain is sealed by validators, not mined");
        });
  }

  private void addKlay(RpcMethods table) {
    table.addBrief("klay_clientVersion", params -> version());
    table.addBrief("klay_nodeAddress", params -> address());
    table.addBrief("klay_rewardbase", params -> address());
    table.addBrief("klay_isParallelDBWrite", params -> BooleanNode.FALSE);
    table.addBrief("klay_isSenderTxHashIndexingEnabled", params -> BooleanNode.TRUE);
    table.add(
        "klay_sha3",
        params -> TextNode.valueOf(Keccak256.hash(params.atMost(1).at(0).asBytes()).toHex()));
  }

  private void addNet(RpcMethods table) {
    table.addBrief(
        "net_version", params -> TextNode.valueOf(Long.toString(chain.spec().chainId())));
    table.addBrief(
        "net_networkID", params -> JsonNodeFactory.instance.numberNode(chain.spec().chainId()));
    table.addBrief("net_listening", params -> BooleanNode.TRUE);
    table.addBrief("net_peerCount", params -> RpcChain.quantity(chain.node().peerCount()));
    table.addBrief(
        "net_peerCountByType",
        params -> {
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          json.set("total", IntNode.valueOf(chain.node().peerCount()));
          return json;
        });
  }

  private void addWeb3(RpcMethods table) {
    table.addBrief("web3_clientVersion", params -> version());
    table.alias("web3_sha3", "klay_sha3");
  }

  private JsonNode version() {
    return TextNode.valueOf(chain.node().clientVersion());
  }

  private JsonNode address() {
    return TextNode.valueOf(chain.node().address().toHex());
  }
}
