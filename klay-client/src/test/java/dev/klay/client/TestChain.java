package dev.klay.client;

import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A development chain with ten rich accounts, and a client that reaches it in one of the ways. */
public final class TestChain implements AutoCloseable {
  private final List<PrivateKey> keys = new ArrayList<>();
  private final KlayNode node;
  private final KlayClient client;

  private TestChain(Connection connection, PoolLimits limits) {
    keys.addAll(KlayChain.devKeys(KlayChain.DEV_MNEMONIC.toCharArray(), KlayChain.ACCOUNTS));
    ChainSpec spec =
        ChainSpec.development()
            .withAccounts(keys.stream().map(PrivateKey::address).toList(), Amount.klay(10_000));
    node = KlayNode.of(spec).poolLimits(limits).rpc(0).start();
    client =
        switch (connection) {
          case IN_PROCESS -> KlayClient.of(node);
          case HTTP -> KlayClient.connect("http://127.0.0.1:" + port());
          case WEB_SOCKET -> KlayClient.connect("ws://127.0.0.1:" + port());
        };
  }

  public static TestChain open(Connection connection) {
    return open(connection, PoolLimits.DEFAULT);
  }

  public static TestChain open(Connection connection, PoolLimits limits) {
    return new TestChain(connection, limits);
  }

  public KlayNode node() {
    return node;
  }

  public int port() {
    return node.rpcAddresses().get(0).getPort();
  }

  public KlayClient client() {
    return client;
  }

  public Account account(int index) {
    return account(index, client);
  }

  /** The same account through another client. */
  public Account account(int index, KlayClient other) {
    return other.account(keys.get(index));
  }

  public synchronized Account newAccount() {
    PrivateKey key = PrivateKey.generate(new SecureRandom());
    keys.add(key);
    return client.account(key);
  }

  @Override
  public void close() {
    client.close();
    node.close();
    keys.forEach(PrivateKey::close);
  }
}
