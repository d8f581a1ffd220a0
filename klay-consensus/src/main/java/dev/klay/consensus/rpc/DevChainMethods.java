package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.consensus.Cheats;
import dev.klay.core.json.HeaderJson;
import dev.klay.core.json.Quantity;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainService;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * Snapshots, blocks and time of a development network: {@code evm}, {@code hardhat}, {@code anvil}.
 * Times are unix seconds, intervals of {@code setIntervalMining} milliseconds.
 */
public final class DevChainMethods implements RpcNamespace {
  private final Cheats cheats;
  private final DevSnapshots snapshots;
  private final ChainService chain;

  public DevChainMethods(Cheats cheats, DevSnapshots snapshots, ChainService chain) {
    this.cheats = cheats;
    this.snapshots = snapshots;
    this.chain = chain;
  }

  @Override
  public void addTo(RpcMethods table) {
    DevNames names = new DevNames(table);
    names.everywhere("snapshot", params -> RpcChain.quantity(snapshots.take()));
    names.everywhere("revert", params -> flag(snapshots.restore(params.at(0).asNumber())));
    names.everywhere("reset", this::reset);
    names.everywhere("mine", this::mine);
    names.only("evm_mine", this::mineAt);
    names.everywhere("setAutomine", this::setAutomine);
    names.everywhere("getAutomine", params -> flag(cheats.isAutomine()));
    names.everywhere("setIntervalMining", this::setIntervalMining);
    names.everywhere("getIntervalMining", params -> LongNode.valueOf(cheats.interval().toMillis()));
    names.everywhere("increaseTime", this::increaseTime);
    names.everywhere("setTime", this::setTime);
    names.everywhere("setNextBlockTimestamp", this::setNextBlockTimestamp);
    names.everywhere("setBlockTimestampInterval", this::setBlockInterval);
    names.everywhere("removeBlockTimestampInterval", params -> flag(cheats.clearBlockInterval()));
    names.everywhere("setLoggingEnabled", params -> BooleanNode.TRUE);
    names.everywhere("setChainId", params -> refuse("another chain id"));
    names.everywhere(
        "setRpcUrl",
        params -> {
          throw RpcException.refused("this chain is no fork of another, there is no URL to set");
        });
    names.everywhere("setBlockGasLimit", params -> refuse("a gas limit of blocks"));
    names.everywhere("setNextBlockBaseFeePerGas", params -> refuse("another base fee"));
    names.everywhere("setMinGasPrice", params -> refuse("another gas price"));
    names.everywhere("setPrevRandao", params -> refuse("another prevRandao"));
    nameCompatible(table);
    names.only("hardhat_intervalMine", params -> mine(params.atMost(0)));
    names.only("hardhat_metadata", params -> metadata());
    names.only("anvil_metadata", params -> metadata());
    names.only("anvil_nodeInfo", params -> nodeInfo());
  }

  /** Hardhat's helpers work with what says to be like anvil, and refuse everything else. */
  private static void nameCompatible(RpcMethods table) {
    RpcMethod version = table.find("web3_clientVersion").orElseThrow();
    table.put(
        "web3_clientVersion",
        (params, session) ->
            version
                .call(params, session)
                .thenApply(name -> TextNode.valueOf("anvil-compatible " + name.textValue())));
  }

  private static JsonNode flag(boolean value) {
    return BooleanNode.valueOf(value);
  }

  private static JsonNode refuse(String what) {
    throw RpcException.refused(
        what + " cannot be set: it is a rule of the chain; start one with another genesis");
  }

  private JsonNode reset(RpcParams params) {
    RpcValue forking = params.at(0).field("forking");
    if (forking.isPresent()) {
      throw forking.wrong("another chain cannot be forked; leave forking out");
    }
    snapshots.clear();
    cheats.reset();
    return BooleanNode.TRUE;
  }

  /** So many blocks, so many seconds apart. */
  private JsonNode mine(RpcParams params) {
    long blocks = params.atMost(2).has(0) ? params.at(0).asNumber() : 1;
    if (blocks == 0) {
      return BooleanNode.TRUE;
    }
    if (params.has(1)) {
      cheats.mine(blocks, Duration.ofSeconds(params.at(1).asNumber()));
    } else {
      cheats.mine(blocks);
    }
    return BooleanNode.TRUE;
  }

  /** One block, at a time if one is given; or as many as an object says. */
  private JsonNode mineAt(RpcParams params) {
    RpcValue first = params.atMost(1).at(0);
    boolean isObject = first.json().isObject();
    RpcValue timestamp = isObject ? first.field("timestamp") : first;
    RpcValue blocks = isObject ? first.field("blocks") : params.at(1);
    if (timestamp.isPresent()) {
      cheats.setNextBlockTimestamp(Instant.ofEpochSecond(timestamp.asNumber()));
    }
    cheats.mine(blocks.isPresent() ? blocks.asNumber() : 1);
    return TextNode.valueOf("0x0");
  }

  private JsonNode setAutomine(RpcParams params) {
    cheats.automine(params.atMost(1).at(0).asFlag());
    return BooleanNode.TRUE;
  }

  /** Milliseconds; a pair of them, Hardhat's random interval, is taken by its middle. */
  private JsonNode setIntervalMining(RpcParams params) {
    RpcValue interval = params.atMost(1).at(0);
    long millis =
        interval.json().isArray()
            ? (interval.asList().get(0).asNumber() + interval.asList().get(1).asNumber()) / 2
            : interval.asNumber();
    cheats.mineEvery(Duration.ofMillis(millis));
    return BooleanNode.TRUE;
  }

  private JsonNode increaseTime(RpcParams params) {
    Duration by = Duration.ofSeconds(params.atMost(1).at(0).asNumber());
    return LongNode.valueOf(cheats.increaseTime(by).toSeconds());
  }

  private JsonNode setTime(RpcParams params) {
    Instant now = Instant.ofEpochSecond(params.atMost(1).at(0).asNumber());
    cheats.setTime(now);
    return LongNode.valueOf(cheats.increaseTime(Duration.ZERO).toSeconds());
  }

  private JsonNode setNextBlockTimestamp(RpcParams params) {
    long seconds = params.atMost(1).at(0).asNumber();
    cheats.setNextBlockTimestamp(Instant.ofEpochSecond(seconds));
    return TextNode.valueOf(Long.toString(seconds));
  }

  private JsonNode setBlockInterval(RpcParams params) {
    cheats.setBlockInterval(Duration.ofSeconds(params.atMost(1).at(0).asNumber()));
    return BooleanNode.TRUE;
  }

  private BlockView head() {
    return chain.block(BlockRef.LATEST).join().orElseThrow(); // answered at once in this process
  }

  private JsonNode metadata() {
    BlockView head = head();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("clientVersion", "Klay");
    json.put("chainId", chain.info().chainId());
    json.put("instanceId", chain.info().genesisHash().toHex());
    json.put("latestBlockNumber", head.height());
    json.put("latestBlockHash", head.hash().toHex());
    json.set("forkedNetwork", NullNode.instance);
    return json;
  }

  private JsonNode nodeInfo() {
    BlockView head = head();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("currentBlockNumber", Quantity.of(head.height()));
    json.put("currentBlockTimestamp", head.time().getEpochSecond());
    json.put("currentBlockTime", DateTimeFormatter.ISO_INSTANT.format(head.time()));
    json.put("currentBlockHash", head.hash().toHex());
    json.put("transactionOrder", "fifo");
    ObjectNode environment = json.putObject("environment");
    environment.put("chainId", chain.info().chainId());
    environment.put("gasPrice", Quantity.of(chain.gasPrice().join()));
    environment.put("gasLimit", Quantity.of(HeaderJson.GAS_LIMIT));
    json.putObject("forkConfig");
    return json;
  }
}
