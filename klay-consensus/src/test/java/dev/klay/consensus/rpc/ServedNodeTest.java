package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that seals on demand, asked over real sockets. */
@Timeout(120)
class ServedNodeTest {
  private static final long CHAIN = ChainSpec.ASPEN_CHAIN_ID;

  /** Emits a log without topics, then stops. */
  private static final Bytes LOGGER = Bytes.fromHex("0x600160005260206000a000");

  /** Puts {@link #LOGGER} where the contract is. */
  private static final Bytes LOGGER_INIT =
      Bytes.fromHex("0x6a600160005260206000a000600052600b6015f3");

  private final PrivateKey alice = PrivateKey.fromHex("0x" + "0".repeat(62) + "a1");
  private final Address bob = Address.parse("0xb0b0000000000000000000000000000000000000");
  private final KlayNode node = start(ChainSpec.development());
  private final HttpClientFixture http = new HttpClientFixture(node.rpcAddresses().get(0));
  private long nonce;

  private KlayNode start(ChainSpec spec) {
    return KlayNode.of(spec.withAccounts(List.of(alice.address()), Amount.klay(1_000)))
        .unlocked(new UnlockedAccounts(List.of(alice)))
        .rpcLimits(RpcLimits.DEFAULT.withCounts(100, 100, 3))
        .rpc(0)
        .start();
  }

  @AfterEach
  void close() {
    node.close();
    alice.close();
  }

  private SignedTx transfer(long peb) {
    return SignedTx.sign(
        new LegacyTx(
            new TxHead(nonce++, Amount.ston(25), 21_000),
            Optional.of(bob),
            Amount.peb(peb),
            Bytes.EMPTY),
        CHAIN,
        alice);
  }

  private JsonNode result(String method, String params) {
    JsonNode answer = http.call(method, params);
    assertThat(answer.has("result")).as(answer.toString()).isTrue();
    return answer.get("result");
  }

  private JsonNode error(String method, String params) {
    return http.call(method, params).get("error");
  }

  private String send(SignedTx tx) {
    return result("eth_sendRawTransaction", "[\"" + tx.ethereumEncoding().toHex() + "\"]").asText();
  }

  @Test
  void aTransactionIsFinalAndReadableWhenItsHashIsAnswered() {
    for (int i = 1; i <= 20; i++) {
      String hash = send(transfer(i));
      JsonNode receipt = result("eth_getTransactionReceipt", "[\"" + hash + "\"]");
      assertThat(receipt.path("status").asText()).isEqualTo("0x1");
      assertThat(result("eth_blockNumber", "[]")).isEqualTo(receipt.get("blockNumber"));
    }
    assertThat(result("eth_getBalance", "[\"" + bob.toHex() + "\",\"finalized\"]").asText())
        .isEqualTo("0xd2");
  }

  @Test
  void aTransactionThatWaitsForAnEarlierOneIsAnsweredAtOnce() {
    nonce = 1;
    SignedTx second = transfer(1);
    send(second);
    assertThat(result("eth_getTransactionReceipt", "[\"" + second.hash().toHex() + "\"]"))
        .isEqualTo(NullNode.instance);
    JsonNode waiting = result("eth_getTransactionByHash", "[\"" + second.hash().toHex() + "\"]");
    assertThat(waiting.get("blockNumber").isNull()).isTrue();
    assertThat(result("txpool_status", "[]").get("queued").asText()).isEqualTo("0x1");
    assertThat(
            result("txpool_content", "[]")
                .at("/queued/" + alice.address().toHex() + "/1/hash")
                .asText())
        .isEqualTo(second.hash().toHex());
    nonce = 0;
    send(transfer(1));
    String count = "[\"" + alice.address().toHex() + "\",\"pending\"]";
    assertThat(result("eth_getTransactionCount", count).asText()).isEqualTo("0x2");
  }

  @Test
  void klaytnsOwnReadsAnswer() {
    SignedTx sent = transfer(1);
    String raw = "[\"" + sent.encode().toHex() + "\"]";
    assertThat(result("klay_recoverFromTransaction", raw).asText())
        .isEqualTo(alice.address().toHex());
    send(sent);
    assertThat(result("kaia_getTotalSupply", "[\"0x1\"]").get("totalSupply").asText())
        .isEqualTo("0x" + node.head().supply().peb().toBigInteger().toString(16));
    assertThat(result("klay_pendingTransactions", "[]")).isEmpty();
    assertThat(result("klay_getCommitteeSize", "[]").asInt()).isOne();
    assertThat(result("klay_getRewards", "[\"0x1\"]").get("burntFee").asLong())
        .isEqualTo(262_500_000_000_000L);
    JsonNode info = result("klay_getBlockWithConsensusInfoByNumber", "[\"0x1\"]");
    assertThat(info.get("committers").get(0)).isEqualTo(info.get("proposer"));
    assertThat(info.get("originProposer")).isEqualTo(info.get("proposer"));
    JsonNode range = result("klay_getBlockWithConsensusInfoByNumberRange", "[\"0x0\",\"0x2\"]");
    assertThat(range.get("0x1").get("hash")).isEqualTo(info.get("hash"));
    assertThat(range.get("0x2").isNull()).isTrue();
    assertThat(code("klay_getBlockWithConsensusInfoByNumberRange", "[\"0x0\",\"0x32\"]"))
        .isEqualTo(RpcError.SERVER);
    assertThat(
            code("klay_getDecodedAnchoringTransactionByHash", "[\"" + sent.hash().toHex() + "\"]"))
        .isEqualTo(RpcError.SERVER);
    assertThat(result("istanbul_getValidators", "[]")).hasSize(1);
    assertThat(result("governance_getParams", "[]").get("istanbul.epoch").asInt()).isEqualTo(600);
    assertThat(
            result("debug_traceBlockByNumber", "[\"0x1\",{\"tracer\":\"callTracer\"}]")
                .at("/0/result/gasUsed")
                .asText())
        .isEqualTo("0x5208");
    String difference = "{\"tracer\":\"prestateTracer\",\"tracerConfig\":{\"diffMode\":true}}";
    assertThat(
            result("debug_traceTransaction", "[\"" + sent.hash().toHex() + "\"," + difference + "]")
                .at("/post/" + bob.toHex() + "/balance")
                .asText())
        .isEqualTo("0x1");
    assertThat(
            result("debug_traceCall", "[{\"to\":\"" + bob.toHex() + "\"},\"latest\",{}]")
                .get("failed")
                .asBoolean())
        .isFalse();
    assertThat(code("debug_traceCall", "[{},\"latest\",{\"tracer\":\"mine\"}]"))
        .isEqualTo(RpcError.INVALID_PARAMS);
  }

  @Test
  void refusalsCarryTheirReason() {
    send(transfer(1));
    nonce = 0;
    JsonNode error =
        error("eth_sendRawTransaction", "[\"" + transfer(2).ethereumEncoding().toHex() + "\"]");
    assertThat(error.get("code").asInt()).isEqualTo(RpcError.SERVER);
    assertThat(error.get("message").asText()).isEqualTo("nonce too low");
    assertThat(error.at("/data/reason").asText()).isEqualTo("NONCE_TOO_LOW");
    assertThat(error("eth_sendRawTransaction", "[\"0x00\"]").get("code").asInt())
        .isEqualTo(RpcError.SERVER);
    assertThat(error("klay_sendRawTransaction", "[\"0x01c0\"]").get("code").asInt())
        .isEqualTo(RpcError.SERVER);
  }

  @Test
  void theNodeSignsForUnlockedAccountsAndForNoOther() {
    String from = "\"from\":\"" + alice.address().toHex() + "\"";
    String to = ",\"to\":\"" + bob.toHex() + "\",\"value\":\"0x5\"";
    assertThat(result("eth_accounts", "[]").get(0).asText()).isEqualTo(alice.address().toHex());
    String hash = result("eth_sendTransaction", "[{" + from + to + "}]").asText();
    assertThat(result("eth_getTransactionReceipt", "[\"" + hash + "\"]").get("gasUsed").asText())
        .isEqualTo("0x5208");
    assertThat(
            error("eth_sendTransaction", "[{\"from\":\"" + bob.toHex() + "\"" + to + "}]")
                .get("message")
                .asText())
        .contains("unknown account");
    ChainSpec main = of(NetworkKind.MAIN);
    assertThatThrownBy(() -> start(main)).isInstanceOf(IllegalStateException.class);
  }

  private static ChainSpec of(NetworkKind kind) {
    ChainSpec spec = ChainSpec.development();
    return new ChainSpec(
        "main",
        kind,
        spec.genesis(),
        spec.sealRule(),
        spec.proposerPolicy(),
        0,
        0,
        spec.maxDriftMillis(),
        spec.blockSizeMaxBytes(),
        spec.blockGasMax(),
        Optional.empty());
  }

  @Test
  void filtersTellWhatIsNewAndNothingTwice() {
    String blocks = result("eth_newBlockFilter", "[]").asText();
    String pending = result("eth_newPendingTransactionFilter", "[]").asText();
    String logs = result("klay_newFilter", "[{}]").asText();
    String hash = send(transfer(1));
    JsonNode newBlocks = result("eth_getFilterChanges", "[\"" + blocks + "\"]");
    assertThat(newBlocks).hasSize(1);
    assertThat(newBlocks.get(0))
        .isEqualTo(result("eth_getBlockByNumber", "[\"latest\",false]").get("hash"));
    assertThat(result("eth_getFilterChanges", "[\"" + blocks + "\"]")).isEmpty();
    assertThat(result("eth_getFilterChanges", "[\"" + pending + "\"]").get(0).asText())
        .isEqualTo(hash);
    assertThat(result("klay_getFilterChanges", "[\"" + logs + "\"]")).isEmpty();
    Address contract = deployLogger();
    log(contract);
    assertThat(result("klay_getFilterChanges", "[\"" + logs + "\"]")).hasSize(1);
    assertThat(error("eth_newBlockFilter", "[]").get("code").asInt()).isEqualTo(RpcError.LIMIT);
    assertThat(result("eth_uninstallFilter", "[\"" + blocks + "\"]").asBoolean()).isTrue();
    assertThat(result("eth_uninstallFilter", "[\"" + blocks + "\"]").asBoolean()).isFalse();
    assertThat(error("eth_getFilterChanges", "[\"" + blocks + "\"]").get("message").asText())
        .contains("filter not found");
  }

  private Address deployLogger() {
    SignedTx deploy =
        SignedTx.sign(
            new DeployTx(
                new TxHead(nonce++, Amount.ston(25), 1_000_000),
                FeeDelegation.NONE,
                alice.address(),
                Optional.empty(),
                Amount.ZERO,
                LOGGER_INIT,
                false,
                0),
            CHAIN,
            alice);
    String hash =
        result("klay_sendRawTransaction", "[\"" + deploy.encode().toHex() + "\"]").asText();
    JsonNode receipt = result("klay_getTransactionReceipt", "[\"" + hash + "\"]");
    assertThat(receipt.get("status").asText()).isEqualTo("0x1");
    Address contract = Address.parse(receipt.get("contractAddress").asText());
    assertThat(result("klay_getCode", "[\"" + contract.toHex() + "\",\"latest\"]").asText())
        .isEqualTo(LOGGER.toHex());
    return contract;
  }

  private String log(Address contract) {
    return send(
        SignedTx.sign(
            new LegacyTx(
                new TxHead(nonce++, Amount.ston(25), 100_000),
                Optional.of(contract),
                Amount.ZERO,
                Bytes.EMPTY),
            CHAIN,
            alice));
  }

  @Test
  void filtersAndRangesThatCannotBeAreRefused() {
    assertThat(code("eth_getLogs", "[{\"fromBlock\":\"0x5\",\"toBlock\":\"0x1\"}]"))
        .isEqualTo(RpcError.INVALID_PARAMS);
    assertThat(code("eth_getLogs", "[{\"topics\":[null,null,null,null,null]}]"))
        .isEqualTo(RpcError.INVALID_PARAMS);
    assertThat(code("eth_getLogs", "[{\"topics\":[\"0x12\"]}]")).isEqualTo(RpcError.INVALID_PARAMS);
    assertThat(code("eth_getLogs", "[{\"address\":7}]")).isEqualTo(RpcError.INVALID_PARAMS);
    assertThat(code("eth_getLogs", "[\"all\"]")).isEqualTo(RpcError.INVALID_PARAMS);
    String hash = "\"0x" + "11".repeat(32) + "\"";
    assertThat(code("eth_getLogs", "[{\"blockHash\":" + hash + ",\"fromBlock\":\"0x0\"}]"))
        .isEqualTo(RpcError.INVALID_PARAMS);
    assertThat(code("eth_getLogs", "[{\"blockHash\":" + hash + "}]")).isEqualTo(RpcError.SERVER);
    assertThat(result("eth_getLogs", "[{\"fromBlock\":\"0x10\",\"toBlock\":\"0xffff\"}]"))
        .isEmpty();
  }

  private int code(String method, String params) {
    return error(method, params).get("code").asInt();
  }

  @Test
  void subscribersAreToldOfHeadsLogsAndWaitingTransactions() {
    try (SocketFixture heads = new SocketFixture(http.uri("ws"));
        SocketFixture logs = new SocketFixture(http.uri("ws"));
        SocketFixture pending = new SocketFixture(http.uri("ws"))) {
      String id = heads.call("eth_subscribe", "[\"newHeads\"]").get("result").asText();
      Address contract = deployLogger();
      JsonNode first = heads.notification();
      assertThat(first.get("method").asText()).isEqualTo("eth_subscription");
      assertThat(first.at("/params/subscription").asText()).isEqualTo(id);
      assertThat(first.at("/params/result/number").asText()).isEqualTo("0x1");
      assertThat(first.at("/params/result/miner").asText()).startsWith("0x");
      logs.call("klay_subscribe", "[\"logs\",{\"address\":\"" + contract.toHex() + "\"}]");
      pending.call("klay_subscribe", "[\"newPendingTransactions\"]");
      String hash = log(contract);
      assertThat(logs.told().get("transactionHash").asText()).isEqualTo(hash);
      assertThat(pending.notification().get("method").asText()).isEqualTo("klay_subscription");
      assertThat(heads.told().get("number").asText()).isEqualTo("0x2");
      assertThat(heads.call("eth_unsubscribe", "[\"" + id + "\"]").get("result").asBoolean())
          .isTrue();
      assertThat(heads.call("eth_unsubscribe", "[\"" + id + "\"]").has("error")).isTrue();
      assertThat(heads.call("eth_subscribe", "[\"syncing\"]").has("result")).isTrue();
      assertThat(heads.told().asBoolean()).isFalse();
    }
  }

  @Test
  void subscriptionsThatCannotBeAreRefused() {
    assertThat(error("eth_subscribe", "[\"newHeads\"]").get("message").asText())
        .contains("notifications not supported");
    try (SocketFixture socket = new SocketFixture(http.uri("ws"))) {
      assertThat(socket.call("klay_subscribe", "[\"weather\"]").at("/error/message").asText())
          .isEqualTo("no \"weather\" subscription in klay namespace");
      for (int i = 0; i < 3; i++) {
        assertThat(socket.call("eth_subscribe", "[\"newHeads\"]").has("result")).isTrue();
      }
      assertThat(socket.call("eth_subscribe", "[\"newHeads\"]").at("/error/code").asInt())
          .isEqualTo(RpcError.LIMIT);
      assertThat(socket.answer("nonsense").at("/error/code").asInt()).isEqualTo(RpcError.PARSE);
    }
  }

  @Test
  void programsOfTheSameJvmCallWithoutASocket() {
    assertThat(node.rpc().call("eth_chainId", "[]").join()).isEqualTo("\"0x3e8\"");
  }

  @Test
  void afterClosingNoThreadAndNoPortIsLeft() {
    try (SocketFixture socket = new SocketFixture(http.uri("ws"))) {
      socket.call("eth_subscribe", "[\"newHeads\"]");
      send(transfer(1));
      socket.told();
      int port = node.rpcAddresses().get(0).getPort();
      node.close();
      assertThat(socket.closed().handle((status, failure) -> true).join()).isTrue();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!threads().isEmpty() && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      assertThat(threads()).isEmpty();
      try (KlayNode again = KlayNode.of(ChainSpec.development()).rpc(port).start()) {
        assertThat(again.rpcAddresses().get(0).getPort()).isEqualTo(port);
      }
    }
  }

  /** Of nodes, and of Netty, whose housekeeping ends a second later. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("klay-Node01") || name.startsWith("globalEvent"))
        .collect(Collectors.toSet());
  }
}
