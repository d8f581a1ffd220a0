package dev.klay.examples.benchmarks.http;

import dev.klay.client.abi.AbiFunction;
import dev.klay.client.contract.ContractCode;
import dev.klay.client.contract.PartnerToken;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.mnemonic.ExtendedPrivateKey;
import dev.klay.crypto.mnemonic.HdPath;
import dev.klay.crypto.mnemonic.Mnemonic;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Sends transfers and token transfers to a node and reads from it, over HTTP. The node must know
 * the ten accounts of the public test mnemonic, as development nodes do.
 *
 * <pre>{@code
 * java -jar aspen.jar --validators 1 --rangers 0 --dev --ws off --http 127.0.0.1:8551
 * java -jar benchmarks.jar http http://127.0.0.1:8551 [transfers (20000)]
 * anvil --block-time 1 --port 8545
 * java -jar benchmarks.jar http http://127.0.0.1:8545
 * }</pre>
 */
public final class HttpLoad {
  private static final int ACCOUNTS = 10;
  private static final int CONNECTIONS = 16;
  private static final int BATCH = 100;
  private static final int READS = 20_000;
  private static final String MNEMONIC =
      "test test test test test test test test test test test junk";

  private final HttpNode node;
  private final long chainId;
  private final Amount gasPrice;
  private final List<PrivateKey> keys;
  private final long[] nonces = new long[ACCOUNTS];
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

  private HttpLoad(HttpNode node) {
    this.node = node;
    this.chainId = node.number("eth_chainId", "[]");
    this.gasPrice = Amount.peb(node.number("eth_gasPrice", "[]"));
    this.keys = keys();
    for (int i = 0; i < ACCOUNTS; i++) {
      nonces[i] = nonce(i);
    }
  }

  public static void main(String[] args) {
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
    HttpLoad load = new HttpLoad(new HttpNode(args[0], CONNECTIONS));
    System.out.println("node: " + load.node.call("web3_clientVersion", "[]").asText());
    try {
      load.run(count);
    } finally {
      load.threads.shutdown();
    }
  }

  private static List<PrivateKey> keys() {
    byte[] seed = Mnemonic.seed(MNEMONIC.toCharArray(), new char[0]);
    try (ExtendedPrivateKey root = ExtendedPrivateKey.ofSeed(seed)) {
      return IntStream.range(0, ACCOUNTS)
          .mapToObj(i -> root.derive(HdPath.parse("m/44'/60'/0'/0/" + i)).privateKey())
          .toList();
    }
  }

  private void run(int count) {
    Address nobody = Address.parse("0x00000000000000000000000000000000000a0001");
    transfers("transfers, one by one", count, 1, Optional.of(nobody), Bytes.EMPTY, 21_000);
    transfers("transfers, batches", count, BATCH, Optional.of(nobody), Bytes.EMPTY, 21_000);

    Address token = deploy();
    AbiFunction transfer = AbiFunction.parse("function transfer(address,uint256) returns (bool)");
    Bytes input = transfer.encodeCall(nobody, UInt256.ZERO);
    transfers("ERC-20, one by one", count / 2, 1, Optional.of(token), input, 100_000);

    String owner = keys.get(0).address().toString();
    reads("eth_getBalance", "[\"" + owner + "\",\"latest\"]");
    AbiFunction balanceOf = AbiFunction.parse("function balanceOf(address) view returns (uint256)");
    String data = balanceOf.encodeCall(keys.get(0).address()).toHex();
    reads("eth_call", "[{\"to\":\"" + token + "\",\"data\":\"" + data + "\"},\"latest\"]");
  }

  /** Every account sends its part in the order of its nonces, all accounts at once. */
  private void transfers(
      String name, int count, int batch, Optional<Address> to, Bytes input, long gas) {
    int each = count / ACCOUNTS;
    List<List<String>> signed = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      int account = i;
      signed.add(
          IntStream.range(0, each)
              .parallel()
              .mapToObj(n -> sign(account, nonces[account] + n, to, input, gas))
              .toList());
    }
    long start = System.nanoTime();
    together(
        ACCOUNTS,
        account -> {
          List<String> mine = signed.get(account);
          for (int n = 0; n < each; n += batch) {
            if (batch == 1) {
              node.call("eth_sendRawTransaction", mine.get(n));
            } else {
              node.batch("eth_sendRawTransaction", mine.subList(n, Math.min(each, n + batch)));
            }
          }
        });
    double sent = (System.nanoTime() - start) / 1e9;
    for (int i = 0; i < ACCOUNTS; i++) {
      nonces[i] += each;
      awaitNonce(i);
    }
    double done = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-26s %6d sent in %5.1f s, %6.0f/s; all in blocks after %5.1f s, %6.0f/s%n",
        name, each * ACCOUNTS, sent, each * ACCOUNTS / sent, done, each * ACCOUNTS / done);
  }

  private String sign(int account, long nonce, Optional<Address> to, Bytes input, long gas) {
    LegacyTx tx = new LegacyTx(new TxHead(nonce, gasPrice, gas), to, Amount.ZERO, input);
    return "[\"" + SignedTx.sign(tx, chainId, keys.get(account)).encode().toHex() + "\"]";
  }

  private void together(int count, IntConsumer action) {
    CompletableFuture<?>[] all =
        IntStream.range(0, count)
            .mapToObj(i -> CompletableFuture.runAsync(() -> action.accept(i), threads))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).join();
  }

  private long nonce(int account) {
    return node.number(
        "eth_getTransactionCount", "[\"" + keys.get(account).address() + "\",\"latest\"]");
  }

  private void awaitNonce(int account) {
    while (nonce(account) < nonces[account]) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private Address deploy() {
    ContractCode code = PartnerToken.code();
    Bytes init =
        code.abi()
            .encodeCreation(
                code.initCode(), "Load", "LOAD", PartnerToken.DECIMALS, UInt256.of(1_000_000));
    long nonce = nonces[0]++;
    String hash =
        node.call("eth_sendRawTransaction", sign(0, nonce, Optional.empty(), init, 3_000_000))
            .asText();
    awaitNonce(0);
    String params = "[\"" + hash + "\"]";
    return Address.parse(
        node.call("eth_getTransactionReceipt", params).get("contractAddress").asText());
  }

  private void reads(String method, String params) {
    long[] nanos = new long[READS / 4];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      node.call(method, params);
      nanos[i] = System.nanoTime() - start;
    }
    double seconds = Arrays.stream(nanos).sum() / 1e9;
    Arrays.sort(nanos);
    long start = System.nanoTime();
    together(
        CONNECTIONS,
        thread -> {
          for (int i = 0; i < READS / CONNECTIONS; i++) {
            node.call(method, params);
          }
        });
    double many = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-26s one connection %6.0f/s, p50 %.2f ms, p99 %.2f ms; %d connections %6.0f/s%n",
        method,
        nanos.length / seconds,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        CONNECTIONS,
        READS / many);
  }
}
