package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Block;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.json.BlockJson;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.ReceiptJson;
import dev.klay.core.service.BlockRef;
import dev.klay.core.storage.StoredBlock;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.function.Function;

/** Who makes blocks and votes on them: {@code klay} and {@code istanbul}. */
final class CommitteeMethods implements RpcNamespace {
  /** Blocks that one query for a range may ask for; Klaytn's number and words. */
  private static final int RANGE_MAX = 50;

  private final RpcChain chain;
  private final Council council;

  CommitteeMethods(RpcChain chain) {
    this.chain = chain;
    this.council = new Council(chain);
  }

  @Override
  public void addTo(RpcMethods table) {
    table.add("klay_getCouncil", ofBlock(b -> Council.json(council.after(b.number()))));
    table.add(
        "klay_getCouncilSize", ofBlock(b -> IntNode.valueOf(council.after(b.number()).size())));
    table.add("klay_getCommittee", ofBlock(b -> Council.json(council.committee(b))));
    table.add("klay_getCommitteeSize", ofBlock(b -> IntNode.valueOf(council.committee(b).size())));
    table.add("klay_getBlockWithConsensusInfoByNumber", this::consensusInfo);
    table.add("klay_getBlockWithConsensusInfoByHash", this::consensusInfo);
    table.add("klay_getBlockWithConsensusInfoByNumberRange", this::consensusInfoOfRange);
    table.add("istanbul_getValidators", ofBlock(b -> Council.json(council.after(b.number()))));
    table.add("istanbul_getSnapshot", ofBlock(this::snapshot));
    table.add("istanbul_getDemotedValidators", ofBlock(b -> Council.json(List.of())));
    for (String name : List.of("getValidators", "getSnapshot", "getDemotedValidators")) {
      table.alias("istanbul_" + name + "AtHash", "istanbul_" + name);
    }
    table.alias("istanbul_getDemoteValidators", "istanbul_getDemotedValidators");
    table.add(
        "istanbul_getTimeout",
        params -> {
          BlockRules next = chain.chain().rulesAfter(chain.reads().head());
          return next.parameters().json(GovernanceKey.TIMEOUT);
        });
  }

  /** A method of a block, the latest unless one is named. */
  private Function<RpcParams, JsonNode> ofBlock(Function<Block, JsonNode> answer) {
    return params -> {
      BlockRef ref = params.atMost(1).at(0).asBlockOrLatest();
      if (ref.equals(BlockRef.PENDING)) {
        throw RpcException.refused("pending is not allowed; ask for latest");
      }
      return answer.apply(chain.required(ref).block());
    };
  }

  private JsonNode consensusInfo(RpcParams params) {
    BlockRef ref = params.atMost(1).at(0).asBlock();
    if (ref.equals(BlockRef.PENDING)) {
      throw RpcException.refused("pending is not allowed; ask for latest");
    }
    return consensusInfo(
        chain.reads().block(ref).orElseThrow(() -> RpcChain.unknown("block", ref)));
  }

  private ObjectNode consensusInfo(StoredBlock stored) {
    Block block = stored.block();
    ObjectNode json =
        BlockJson.klay(
            block,
            chain.reads().rules(block.number()),
            chain.reads().totalScore(block.number()),
            false);
    ArrayNode receipts = json.putArray("transactions");
    ReceiptJson.klay(stored).forEach(receipts::add);
    boolean genesis = block.number() == 0;
    json.set("committee", genesis ? NullNode.instance : Council.json(council.committee(block)));
    json.set("committers", Council.json(genesis ? List.of() : council.committers(block)));
    json.put("sigHash", block.header().signingHash(chain.spec().sealRule()).toHex());
    Address proposer = genesis ? Address.ZERO : block.author();
    json.put("proposer", proposer.toHex());
    json.put("originProposer", genesis ? proposer.toHex() : council.originProposer(block).toHex());
    json.put("round", genesis ? 0 : council.round(block.header()));
    return json;
  }

  private JsonNode consensusInfoOfRange(RpcParams params) {
    long first = number(params.atMost(2).at(0));
    long last = number(params.at(1));
    if (first > last) {
      throw RpcException.refused("start should be smaller than end");
    }
    if (last - first >= RANGE_MAX) {
      throw RpcException.refused("number of requested blocks should be smaller than 50");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (long number = first; number <= last; number++) {
      json.set(
          Quantity.of(number),
          RpcChain.orNull(chain.reads().block(BlockRef.number(number)).map(this::consensusInfo)));
    }
    return json;
  }

  private long number(RpcValue value) {
    BlockRef ref = value.asBlock();
    return ref instanceof BlockRef.Number number
        ? number.number()
        : chain.required(ref).block().number();
  }

  private JsonNode snapshot(Block block) {
    var parameters = chain.reads().rules(block.number() + 1).parameters();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("epoch", parameters.epoch());
    json.put("number", block.number());
    json.put("hash", block.hash().toHex());
    json.put("policy", parameters.policy());
    json.put("subGroupSize", parameters.committeeSize());
    json.set("validators", Council.json(council.after(block.number())));
    json.set("demotedValidators", Council.json(List.of()));
    return json;
  }
}
