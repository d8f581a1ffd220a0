package dev.klay.client;

import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.ChainAccess;
import dev.klay.core.service.ChainService;
import dev.klay.crypto.mnemonic.ExtendedPrivateKey;
import dev.klay.crypto.mnemonic.HdPath;
import dev.klay.crypto.mnemonic.Mnemonic;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of one node for development: blocks are made when there is a transaction, and {@value
 * #ACCOUNTS} accounts have {@code 10,000} KLAY each. Needs klay-consensus on the class path.
 *
 * <pre>{@code
 * try (KlayChain chain = KlayChain.inMemory()) {
 *   Account alice = chain.account(0);
 *   Account bob = chain.newAccount();
 *   Receipt paid = alice.send(bob.address(), Amount.klay("1.5"));
 *   System.out.println(paid.fee()); // 0.000525 KLAY
 * }
 * }</pre>
 */
public final class KlayChain implements ChainAccess, AutoCloseable {
  /** How many funded accounts there are. */
  public static final int ACCOUNTS = 10;

  /** Published words, known to every Ethereum development tool: never for real value. */
  public static final String DEV_MNEMONIC =
      "test test test test test test test test test test test junk";

  private static final Amount BALANCE = Amount.klay(10_000);

  private final List<PrivateKey> keys = new ArrayList<>();
  private final KlayNode node;
  private final KlayClient client;

  private KlayChain() {
    keys.addAll(devKeys(DEV_MNEMONIC.toCharArray(), ACCOUNTS));
    node =
        KlayNode.of(
                ChainSpec.development()
                    .withAccounts(keys.stream().map(PrivateKey::address).toList(), BALANCE))
            .start();
    client = KlayClient.of(node);
  }

  /** A new chain in the heap; it is gone when closed. */
  public static KlayChain inMemory() {
    return new KlayChain();
  }

  /**
   * The first keys of a mnemonic at m/44'/60'/0'/0/i. The caller closes them.
   *
   * @param words BIP-39, English
   */
  public static List<PrivateKey> devKeys(char[] words, int count) {
    List<PrivateKey> derived = new ArrayList<>();
    try (Mnemonic mnemonic = Mnemonic.parse(words);
        ExtendedPrivateKey master = mnemonic.masterKey(new char[0])) {
      for (int i = 0; i < count; i++) {
        try (ExtendedPrivateKey child = master.derive(HdPath.ethereum(i))) {
          derived.add(child.privateKey());
        }
      }
    }
    return derived;
  }

  public KlayClient client() {
    return client;
  }

  @Override
  public ChainService service() {
    return node.service();
  }

  /** A funded account, 0 to 9; the same in every run. */
  public Account account(int index) {
    return client.account(keys.get(index));
  }

  /** An account with a new key and nothing on it. */
  public synchronized Account newAccount() {
    PrivateKey key = PrivateKey.generate(new SecureRandom());
    keys.add(key);
    return client.account(key);
  }

  @Override
  public void close() {
    node.close();
    keys.forEach(PrivateKey::close);
  }
}
