package dev.klay.client;

import dev.klay.consensus.Cheats;
import dev.klay.consensus.DevClock;
import dev.klay.consensus.KlayNetwork;
import dev.klay.consensus.Snapshot;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.ChainAccess;
import dev.klay.core.service.ChainService;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chain for development, of one node unless told otherwise: blocks are made when there is a
 * transaction, and {@value #ACCOUNTS} accounts have {@code 10,000} KLAY each. It can go back, fork,
 * and be cheated ({@link Cheats}). Needs klay-consensus on the class path.
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

  /** What each of them has in KLAY. */
  public static final Amount BALANCE = Amount.klay(10_000);

  /** Published words, known to every Ethereum development tool: never for real value. */
  public static final String DEV_MNEMONIC =
      "test test test test test test test test test test test junk";

  private final ChainSpec spec;
  private final int rangers;
  private final DevKeyRing funded;
  private final Optional<Snapshot> from;
  private final List<PrivateKey> own = new ArrayList<>();
  private @Nullable Running running;
  private boolean closed;

  private record Running(KlayNetwork network, KlayClient client) {}

  private KlayChain(ChainSpec spec, int rangers, DevKeyRing funded, Optional<Snapshot> from) {
    this.spec = spec;
    this.rangers = rangers;
    this.funded = funded;
    this.from = from;
  }

  /** A new chain in the heap; it is gone when closed. */
  public static KlayChain inMemory() {
    return of(ChainSpec.development(), 0);
  }

  /**
   * A new chain in the heap by these rules, with as many nodes as they name validators and these
   * rangers, and with the funded accounts.
   */
  public static KlayChain of(ChainSpec spec, int rangers) {
    DevKeyRing funded = DevKeyRing.published();
    ChainSpec withAccounts = spec.withAccounts(funded.addresses(), BALANCE);
    KlayChain chain = new KlayChain(withAccounts, rangers, funded, Optional.empty());
    chain.running();
    return chain;
  }

  /**
   * The first keys of a mnemonic at m/44'/60'/0'/0/i. The caller closes them.
   *
   * @param words BIP-39, English
   */
  public static List<PrivateKey> devKeys(char[] words, int count) {
    return DevKeyRing.derive(words, count);
  }

  /**
   * A chain of its own that starts with all that is here, to be closed like this one; neither sees
   * what the other does from then on. It takes microseconds, whatever the size of the chain: a fork
   * is a value until it is used, and its nodes start then.
   */
  public KlayChain fork() {
    return new KlayChain(spec, rangers, funded.enter(), Optional.of(snapshot()));
  }

  private synchronized Running running() {
    Running now = running;
    if (now == null) {
      if (closed) {
        throw new IllegalStateException("this chain is closed");
      }
      now = start();
      running = now;
    }
    return now;
  }

  private Running start() {
    KlayNetwork.Builder builder = KlayNetwork.of(spec).rangers(rangers).cheats();
    KlayNetwork network = from.map(builder::startFrom).orElse(builder).start();
    return new Running(network, KlayClient.of(network));
  }

  public KlayClient client() {
    return running().client();
  }

  /** The nodes. */
  public KlayNetwork network() {
    return running().network();
  }

  @Override
  public ChainService service() {
    return network().service();
  }

  /** What else can be done to a chain like this. */
  public Cheats cheats() {
    return network().cheats();
  }

  /** The clock of the nodes; moving it makes a block. */
  public DevClock clock() {
    return network().clock();
  }

  /** The chain as it is, in microseconds. */
  public Snapshot snapshot() {
    return untouched().orElseGet(() -> cheats().snapshot());
  }

  /** What a fork is that nobody has used. */
  private synchronized Optional<Snapshot> untouched() {
    return running == null && !closed ? from : Optional.empty();
  }

  /** Goes to a snapshot; as often as wanted, in any order. */
  public void restore(Snapshot snapshot) {
    cheats().restore(snapshot);
  }

  /** A funded account, 0 to 9; the same in every run. */
  public Account account(int index) {
    return client().account(funded.get(index));
  }

  /** An account with a new key and nothing on it. */
  public Account newAccount() {
    return account(PrivateKey.generate(new SecureRandom()));
  }

  /** An account of this key, which is closed with the chain. */
  public synchronized Account account(PrivateKey key) {
    own.add(key);
    return client().account(key);
  }

  /** The account of somebody whose key is not needed, a contract's too. */
  public Account impersonate(Address address) {
    cheats().impersonate(address);
    return KlayClient.of(cheats().actingAs(address)).account(address, funded.get(0));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (running != null) {
      running.network().close();
    }
    own.forEach(PrivateKey::close);
    own.clear();
    funded.leave();
  }
}
