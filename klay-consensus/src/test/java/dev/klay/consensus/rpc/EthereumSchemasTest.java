package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccessListTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The schemas of Ethereum's methods (execution-apis): recorded answers of another client, which
 * show that the schemas are read rightly, and our answers on a small chain with every kind of
 * transaction. Fields that only Klaytn has are left out where a schema forbids more.
 */
@Tag("conformance")
class EthereumSchemasTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LOGS_NOTHING_INIT = "0x6a600160005260206000a000600052600b6015f3";

  private final PrivateKey alice = PrivateKey.fromHex("0x" + "0".repeat(62) + "a1");
  private final Address bob = Address.parse("0xb0b0000000000000000000000000000000000000");
  private final Map<String, JsonNode> results = new HashMap<>();
  private final Map<String, JsonNode> named = new HashMap<>();
  private final List<String> hashes = new ArrayList<>();
  private Optional<KlayNode> node = Optional.empty();

  @AfterEach
  void close() {
    node.ifPresent(KlayNode::close);
    alice.close();
  }

  private void readSchemas() throws IOException {
    try (ZipFile zip = new ZipFile(Vectors.require("ethereum/rpc/schemas-src.zip").toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName();
        if (!name.endsWith(".yaml") || name.contains("/engine/") || name.contains("/testing/")) {
          continue;
        }
        String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        JsonNode yaml = BlockYaml.read(text);
        if (name.contains("/schemas/")) {
          yaml.properties().forEach(schema -> named.put(schema.getKey(), schema.getValue()));
        } else {
          yaml.forEach(
              method ->
                  results.put(method.path("name").asText(), method.path("result").path("schema")));
        }
      }
    }
  }

  @Test
  void recordedAnswersOfAnotherClientFitTheSchemas() throws IOException {
    readSchemas();
    JsonSchema schemas = new JsonSchema(named);
    try (Stream<Path> files = Files.walk(Vectors.require("ethereum/rpc/tests"));
        Tally tally = new Tally("rpc-schemas-recorded")) {
      for (Path file : files.filter(f -> f.toString().endsWith(".io")).sorted().toList()) {
        String method = file.getParent().getFileName().toString();
        if (!results.containsKey(method) || method.equals("eth_simulateV1")) {
          tally.skip(); // described elsewhere; that one's schema is unfit, see SimulateTest
          continue;
        }
        for (String line : Files.readAllLines(file)) {
          JsonNode answer = line.startsWith("<< ") ? JSON.readTree(line.substring(3)) : null;
          if (answer != null && answer.has("result")) {
            tally.run(
                method + "/" + file.getFileName(),
                () ->
                    assertThat(schemas.fault(results.get(method), answer.get("result"))).isEmpty());
          }
        }
      }
    }
  }

  @Test
  void ourAnswersFitTheSchemas() throws IOException {
    readSchemas();
    startChain();
    JsonSchema schemas = new JsonSchema(named);
    try (Tally tally = new Tally("rpc-schemas")) {
      for (String[] call : calls()) {
        tally.run(
            call[0] + call[1],
            () -> assertThat(schemas.fault(results.get(call[0]), ask(call[0], call[1]))).isEmpty());
      }
    }
  }

  private List<String[]> calls() {
    String account = "\"" + alice.address().toHex() + "\"";
    String call = "{\"from\":" + account + ",\"to\":\"" + bob.toHex() + "\",\"value\":\"0x1\"}";
    List<String[]> calls = new ArrayList<>();
    for (String name :
        List.of(
            "eth_chainId",
            "eth_blockNumber",
            "eth_gasPrice",
            "eth_maxPriorityFeePerGas",
            "eth_baseFee",
            "eth_syncing",
            "eth_accounts",
            "eth_coinbase",
            "net_version",
            "txpool_status",
            "txpool_content",
            "eth_newBlockFilter",
            "eth_newPendingTransactionFilter")) {
      calls.add(new String[] {name, "[]"});
    }
    for (int number = 0; number <= hashes.size(); number++) {
      String block = "\"0x" + Integer.toHexString(number) + "\"";
      calls.add(new String[] {"eth_getBlockByNumber", "[" + block + ",true]"});
      calls.add(new String[] {"eth_getBlockByNumber", "[" + block + ",false]"});
      calls.add(new String[] {"eth_getBlockReceipts", "[" + block + "]"});
      calls.add(new String[] {"eth_getBlockTransactionCountByNumber", "[" + block + "]"});
      calls.add(new String[] {"debug_getRawBlock", "[" + block + "]"});
      calls.add(new String[] {"debug_getRawHeader", "[" + block + "]"});
      calls.add(new String[] {"debug_getRawReceipts", "[" + block + "]"});
    }
    for (String hash : hashes) {
      calls.add(new String[] {"eth_getTransactionByHash", "[\"" + hash + "\"]"});
      calls.add(new String[] {"eth_getTransactionReceipt", "[\"" + hash + "\"]"});
      calls.add(new String[] {"debug_traceTransaction", "[\"" + hash + "\"]"});
      calls.add(new String[] {"debug_getRawTransaction", "[\"" + hash + "\"]"});
    }
    calls.add(new String[] {"eth_getTransactionByHash", "[\"0x" + "1".repeat(64) + "\"]"});
    calls.add(new String[] {"eth_getBlockByNumber", "[\"0xffff\",false]"});
    calls.add(new String[] {"eth_getTransactionByBlockNumberAndIndex", "[\"0x1\",\"0x0\"]"});
    calls.add(new String[] {"eth_getLogs", "[{\"fromBlock\":\"earliest\"}]"});
    calls.add(new String[] {"eth_getBalance", "[" + account + ",\"latest\"]"});
    calls.add(new String[] {"eth_getTransactionCount", "[" + account + ",\"pending\"]"});
    calls.add(new String[] {"eth_getCode", "[" + account + ",\"safe\"]"});
    calls.add(new String[] {"eth_getStorageAt", "[" + account + ",\"0x0\",\"finalized\"]"});
    calls.add(new String[] {"eth_getProof", "[" + account + ",[\"0x0\",\"0x1\"],\"latest\"]"});
    calls.add(new String[] {"eth_getStorageValues", "[{" + account + ":[\"0x0\",\"0x1\"]}]"});
    calls.add(new String[] {"eth_fillTransaction", "[" + call + "]"});
    calls.add(new String[] {"debug_getBadBlocks", "[]"});
    calls.add(new String[] {"eth_call", "[" + call + ",\"latest\"]"});
    calls.add(new String[] {"eth_estimateGas", "[" + call + "]"});
    calls.add(new String[] {"eth_createAccessList", "[" + call + "]"});
    calls.add(new String[] {"eth_feeHistory", "[\"0x5\",\"latest\",[10,90]]"});
    calls.add(new String[] {"debug_traceBlockByNumber", "[\"0x1\"]"});
    calls.add(new String[] {"txpool_contentFrom", "[" + account + "]"});
    return calls;
  }

  private JsonNode ask(String method, String params) throws IOException {
    JsonNode result = JSON.readTree(rpc().call(method, params).join());
    return withoutKlaytns(result);
  }

  private JsonRpc rpc() {
    return node.orElseThrow().rpc();
  }

  /** What Ethereum's schemas do not know, and forbid in some places. */
  private static JsonNode withoutKlaytns(JsonNode json) {
    if (json instanceof ObjectNode object) {
      object.remove("totalDifficulty");
    }
    json.forEach(EthereumSchemasTest::withoutKlaytns);
    return json;
  }

  /** A block for each transaction. */
  private void startChain() throws IOException {
    node =
        Optional.of(
            KlayNode.of(
                    ChainSpec.development()
                        .withAccounts(List.of(alice.address()), Amount.klay(100)))
                .start());
    Amount price = Amount.ston(25);
    long chain = ChainSpec.ASPEN_CHAIN_ID;
    send(
        new LegacyTx(
            head(0, price), Optional.empty(), Amount.ZERO, Bytes.fromHex(LOGS_NOTHING_INIT)));
    Address contract =
        Address.parse(
            JSON.readTree(
                    rpc().call("eth_getTransactionReceipt", "[\"" + hashes.get(0) + "\"]").join())
                .get("contractAddress")
                .asText());
    send(
        new AccessListTx(
            chain,
            head(1, price),
            Optional.of(contract),
            Amount.ZERO,
            Bytes.EMPTY,
            AccessList.EMPTY));
    send(
        new DynamicFeeTx(
            chain,
            2,
            Amount.ZERO,
            price,
            300_000,
            Optional.of(bob),
            Amount.peb(1),
            Bytes.EMPTY,
            AccessList.EMPTY));
    send(
        new ValueTransferTx(
            head(3, price), FeeDelegation.NONE, alice.address(), bob, Amount.peb(1)));
    ArrayNode logs =
        (ArrayNode) JSON.readTree(rpc().call("eth_getLogs", "[{\"fromBlock\":\"0x0\"}]").join());
    assertThat(logs).hasSize(1);
  }

  private static TxHead head(long nonce, Amount price) {
    return new TxHead(nonce, price, 300_000);
  }

  private void send(Tx tx) throws IOException {
    SignedTx signed = SignedTx.sign(tx, ChainSpec.ASPEN_CHAIN_ID, alice);
    String answer =
        rpc().call("klay_sendRawTransaction", "[\"" + signed.encode().toHex() + "\"]").join();
    hashes.add(JSON.readTree(answer).asText());
  }
}
