package dev.klay.examples.benchmarks.http;

import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.mnemonic.ExtendedPrivateKey;
import dev.klay.crypto.mnemonic.HdPath;
import dev.klay.crypto.mnemonic.Mnemonic;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The accounts of the public test mnemonic on a node, with their nonces. For one thread. */
final class LoadAccounts {
  static final int COUNT = 10;
  private static final String MNEMONIC =
      "test test test test test test test test test test test junk";

  private final HttpNode node;
  private final long chainId;
  private final Amount gasPrice;
  private final List<PrivateKey> keys = keys();
  private final long[] nonces = new long[COUNT];

  LoadAccounts(HttpNode node) {
    this.node = node;
    this.chainId = node.number("eth_chainId", "[]");
    this.gasPrice = Amount.peb(node.number("eth_gasPrice", "[]"));
    for (int i = 0; i < COUNT; i++) {
      nonces[i] = nonce(i);
    }
  }

  private static List<PrivateKey> keys() {
    byte[] seed = Mnemonic.seed(MNEMONIC.toCharArray(), new char[0]);
    try (ExtendedPrivateKey root = ExtendedPrivateKey.ofSeed(seed)) {
      return IntStream.range(0, COUNT)
          .mapToObj(i -> root.derive(HdPath.parse("m/44'/60'/0'/0/" + i)).privateKey())
          .toList();
    }
  }

  Address address(int account) {
    return keys.get(account).address();
  }

  /** The next transactions of an account, signed, as parameters of eth_sendRawTransaction. */
  List<String> sign(int account, int count, Optional<Address> to, Bytes input, long gas) {
    long first = nonces[account];
    nonces[account] += count;
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> new TxHead(first + i, gasPrice, gas))
        .map(head -> new LegacyTx(head, to, Amount.ZERO, input))
        .map(tx -> SignedTx.sign(tx, chainId, keys.get(account)).encode().toHex())
        .map(hex -> "[\"" + hex + "\"]")
        .toList();
  }

  /** Waits until all that was signed is in blocks. */
  void awaitAll() {
    for (int i = 0; i < COUNT; i++) {
      while (nonce(i) < nonces[i]) {
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  private long nonce(int account) {
    return node.number("eth_getTransactionCount", "[\"" + address(account) + "\",\"latest\"]");
  }
}
