package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.block.DeriveSha;
import dev.klay.core.block.Header;
import dev.klay.core.block.Log;
import dev.klay.core.call.CallResult;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.json.HeaderJson;
import dev.klay.core.json.LogJson;
import dev.klay.core.json.Quantity;
import dev.klay.core.json.TransactionJson;
import dev.klay.core.json.TxPosition;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block that nobody sealed, in Ethereum's shape. Its hash, and those of its transactions, are of
 * what is shown, without seals and signatures.
 */
final class SimulatedBlock {
  private static final int EXECUTION_ERROR = -32015;

  private final RpcChain chain;
  private final Hash parent;
  private final long number;
  private final long time;
  private final Address coinbase;
  private final Amount baseFee;
  private final BlockRules rules;
  private final List<Done> calls = new ArrayList<>();

  SimulatedBlock(
      RpcChain chain,
      Hash parent,
      long number,
      long time,
      Address coinbase,
      Amount baseFee,
      BlockRules rules) {
    this.chain = chain;
    this.parent = parent;
    this.number = number;
    this.time = time;
    this.coinbase = coinbase;
    this.baseFee = baseFee;
    this.rules = rules;
  }

  /**
   * A call that ran.
   *
   * @param shown its logs, perhaps with movements of the coin between them
   */
  private record Done(SignedTx tx, CallResult result, List<Log> shown) {
    ConsensusReceipt receipt() {
      return ConsensusReceipt.of(result.receiptStatus(), result.gasUsed(), result.logs());
    }
  }

  void add(SignedTx tx, CallResult result, List<Log> shown) {
    calls.add(new Done(tx, result, List.copyOf(shown)));
  }

  Hash hash(WorldState after) {
    return Keccak256.hash(header(after).encode());
  }

  private Header header(WorldState after) {
    DeriveSha derive = rules.parameters().deriveSha();
    List<Log> logs = calls.stream().flatMap(done -> done.result().logs().stream()).toList();
    return new Header(
        parent,
        Address.ZERO,
        after.rootHash(),
        derive.root(calls.stream().map(done -> done.tx().encode()).toList()),
        derive.root(calls.stream().map(done -> done.receipt().encode()).toList()),
        Bloom.of(logs),
        UInt256.ONE,
        number,
        calls.stream().mapToLong(done -> done.result().gasUsed()).sum(),
        time,
        0,
        Bytes.EMPTY,
        Bytes.EMPTY,
        Bytes.EMPTY,
        rules.has(Fork.MAGMA) ? Optional.of(baseFee) : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  ObjectNode json(WorldState after, SimulatedChain.Options options) {
    Header header = header(after);
    Hash hash = Keccak256.hash(header.encode());
    ObjectNode json =
        HeaderJson.eth(
            header,
            hash,
            coinbase,
            chain.reads().totalScore(number),
            chain.spec().genesis().forks());
    json.put("baseFeePerGas", Quantity.of(baseFee));
    json.put("size", Quantity.of(header.encode().size()));
    json.putArray("uncles");
    ArrayNode transactions = json.putArray("transactions");
    ArrayNode results = json.putArray("calls");
    int logs = 0;
    for (int i = 0; i < calls.size(); i++) {
      Done done = calls.get(i);
      TxPosition position = new TxPosition(hash, number, time, i, done.tx().tx().gasPrice());
      if (options.whole()) {
        transactions.add(whole(done.tx(), position));
      } else {
        transactions.add(done.tx().hash().toHex());
      }
      results.add(result(done, position, logs));
      logs += done.shown().size();
    }
    return json;
  }

  private static ObjectNode whole(SignedTx tx, TxPosition position) {
    ObjectNode json = TransactionJson.eth(tx, Optional.of(position));
    List.of("v", "r", "s").forEach(name -> json.put(name, "0x0"));
    return json;
  }

  private static ObjectNode result(Done done, TxPosition position, int firstLog) {
    CallResult result = done.result();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", result.isSuccess() ? "0x1" : "0x0");
    json.put("returnData", (result.isSuccess() ? result.output() : Bytes.EMPTY).toHex());
    json.put("gasUsed", Quantity.of(result.gasUsed()));
    json.put("maxUsedGas", Quantity.of(result.gasUsed() + Math.max(0, result.gasRefunded())));
    ArrayNode logs = json.putArray("logs");
    for (Log log : done.shown()) {
      logs.add(LogJson.write(log, position, done.tx().hash(), firstLog + logs.size()));
    }
    if (!result.isSuccess()) {
      json.set("error", error(result).toJson());
    }
    return json;
  }

  private static RpcError error(CallResult result) {
    if (result.isRevert()) {
      return RpcError.withData(
          RpcError.REVERTED, CallFailure.revertMessage(result), result.output());
    }
    return RpcError.of(
        EXECUTION_ERROR, "vm execution error: " + CallFailure.text(result).orElse("failed"));
  }
}
