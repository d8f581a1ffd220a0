package dev.klay.examples.benchmarks.http;

import dev.klay.client.abi.AbiFunction;
import dev.klay.client.contract.ContractCode;
import dev.klay.client.contract.PartnerToken;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sends transfers and token transfers to a node and reads from it, over HTTP. The node must know
 * the ten accounts of the public test mnemonic, as development nodes do.
 *
 * <pre>{@code
 * java -jar aspen.jar --validators 1 --rangers 0 --dev --ws off --http 127.0.0.1:8551
 * java -jar benchmarks.jar http http://127.0.0.1:8551 [transfers (20000)] [rounds (1)]
 * anvil --block-time 1 --gas-limit 500000000 --port 8545
 * java -jar benchmarks.jar http http://127.0.0.1:8545
 * }</pre>
 */
public final class HttpLoad {
  private static final int CONNECTIONS = 16;
  private static final int BATCH = 100;
  private static final int READS = 40_000;
  private static final Address NOBODY = Address.parse("0x00000000000000000000000000000000000a0001");

  private final HttpNode node;
  private final LoadAccounts accounts;

  HttpLoad(HttpNode node) {
    this.node = node;
    this.accounts = new LoadAccounts(node);
  }

  public static void main(String[] args) throws IOException {
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    try (HttpNode node = new HttpNode(URI.create(args[0]))) {
      HttpLoad load = new HttpLoad(node);
      System.out.println("node: " + node.call("web3_clientVersion", "[]").asText());
      for (int i = 0; i < rounds; i++) {
        load.run(count);
      }
    }
  }

  private void run(int count) {
    transfers(count);
    send("transfers, batches", count, BATCH, Optional.of(NOBODY), Bytes.EMPTY, 21_000);

    Address token = deploy();
    AbiFunction transfer = AbiFunction.parse("function transfer(address,uint256) returns (bool)");
    Bytes input = transfer.encodeCall(NOBODY, UInt256.ZERO);
    send("ERC-20, one by one", count, 1, Optional.of(token), input, 100_000);

    String owner = accounts.address(0).toString();
    reads("eth_blockNumber", "[]");
    reads("eth_getBalance", "[\"" + owner + "\",\"latest\"]");
    AbiFunction balanceOf = AbiFunction.parse("function balanceOf(address) view returns (uint256)");
    String data = balanceOf.encodeCall(accounts.address(0)).toHex();
    reads("eth_call", "[{\"to\":\"" + token + "\",\"data\":\"" + data + "\"},\"latest\"]");
  }

  /** Plain transfers, one by one on a connection for each account. */
  void transfers(int count) {
    send("transfers, one by one", count, 1, Optional.of(NOBODY), Bytes.EMPTY, 21_000);
  }

  /** Every account sends its part in the order of its nonces, all accounts at once. */
  private void send(
      String name, int count, int batch, Optional<Address> to, Bytes input, long gas) {
    int each = count / LoadAccounts.COUNT;
    List<Iterator<ByteBuffer>> sequences = new ArrayList<>();
    for (int account = 0; account < LoadAccounts.COUNT; account++) {
      List<String> signed = accounts.sign(account, each, to, input, gas);
      sequences.add(requests(signed, batch).iterator());
    }
    long start = System.nanoTime();
    long[] nanos =
        RequestLoop.run(node.address(), sequences, each * LoadAccounts.COUNT / batch);
    double sent = (System.nanoTime() - start) / 1e9;
    accounts.awaitAll();
    double done = (System.nanoTime() - start) / 1e9;
    int all = each * LoadAccounts.COUNT;
    System.out.printf(
        "%-22s %6d sent in %5.1f s, %6.0f/s; all in blocks after %5.1f s, %6.0f/s; %s%n",
        name, all, sent, all / sent, done, all / done, latency(nanos));
  }

  private List<ByteBuffer> requests(List<String> signed, int batch) {
    String method = "eth_sendRawTransaction";
    return IntStream.range(0, signed.size() / batch)
        .mapToObj(
            i ->
                batch == 1
                    ? node.request(method, signed.get(i))
                    : node.batch(method, signed.subList(i * batch, (i + 1) * batch)))
        .toList();
  }

  private Address deploy() {
    ContractCode code = PartnerToken.code();
    Bytes init =
        code.abi()
            .encodeCreation(
                code.initCode(), "Load", "LOAD", PartnerToken.DECIMALS, UInt256.of(1_000_000));
    String signed = accounts.sign(0, 1, Optional.empty(), init, 3_000_000).get(0);
    String hash = node.call("eth_sendRawTransaction", signed).asText();
    accounts.awaitAll();
    String params = "[\"" + hash + "\"]";
    return Address.parse(
        node.call("eth_getTransactionReceipt", params).get("contractAddress").asText());
  }

  private void reads(String method, String params) {
    ByteBuffer request = node.request(method, params);
    System.out.printf(
        "%-22s one connection %s; %d connections %s%n",
        method, reads(request, 1, READS / 4), CONNECTIONS, reads(request, CONNECTIONS, READS));
  }

  private String reads(ByteBuffer request, int connections, int count) {
    List<Iterator<ByteBuffer>> sequences =
        IntStream.range(0, connections)
            .mapToObj(i -> Collections.nCopies(count / connections, request).iterator())
            .toList();
    long start = System.nanoTime();
    long[] nanos = RequestLoop.run(node.address(), sequences, count);
    double seconds = (System.nanoTime() - start) / 1e9;
    return "%6.0f/s, %s".formatted(count / seconds, latency(nanos));
  }

  private static String latency(long[] nanos) {
    Arrays.sort(nanos);
    return "p50 %.2f ms, p99 %.2f ms"
        .formatted(nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
  }
}
