package dev.klay.client.junit;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.consensus.Snapshot;
import dev.klay.core.service.ChainService;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network with the fixtures on it, for one test at a time. Each test finds it as the fixtures
 * left it.
 */
final class Stage implements AutoCloseable {
  private final KlayChain chain;
  private final FixtureValues fixtures;
  private final List<PrivateKey> keys = new ArrayList<>();
  private final Snapshot prepared;
  private final int accountsPrepared;
  private int accounts;
  private boolean used;

  private Stage(KlayChain chain, FixtureMethods methods) {
    this.chain = chain;
    this.fixtures = new FixtureValues(methods, this);
    fixtures.makeAll();
    this.prepared = chain.snapshot();
    this.accountsPrepared = accounts;
  }

  static Stage start(NetworkPlan plan, FixtureMethods methods) {
    KlayChain chain = plan.start();
    boolean ready = false;
    try {
      Stage stage = new Stage(chain, methods);
      ready = true;
      return stage;
    } finally {
      if (!ready) {
        chain.close();
      }
    }
  }

  KlayChain chain() {
    return chain;
  }

  /** The number of the last block that was there before the test. */
  long preparedHeight() {
    return prepared.height();
  }

  /** Makes the stage what it was before the last test. */
  void enter() {
    if (used) {
      chain.cheats().reset(prepared);
      accounts = accountsPrepared;
    }
    used = true;
  }

  /** What a test or fixture asks for by a parameter, if there is such a thing. */
  Optional<Object> find(Wanted wanted) {
    return give(wanted).or(() -> fixtures.find(wanted.type()));
  }

  private Optional<Object> give(Wanted wanted) {
    Class<?> type = wanted.type();
    if (type == Account.class) {
      return Optional.of(account(wanted.balance()));
    }
    for (Object candidate :
        List.of(
            chain,
            chain.network(),
            chain.client(),
            chain.cheats(),
            chain.clock(),
            chain.service())) {
      boolean isService = candidate instanceof ChainService;
      if (isService ? type == ChainService.class : type == candidate.getClass()) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** The next account that no other parameter of this test has. */
  private Account account(Amount balance) {
    int index = accounts++;
    boolean isDev = index < KlayChain.ACCOUNTS;
    Account account = isDev ? chain.account(index) : chain.client().account(key(index));
    if (!account.balance().equals(balance)) {
      chain.cheats().setBalance(account.address(), balance);
    }
    return account;
  }

  private PrivateKey key(int index) {
    int place = index - KlayChain.ACCOUNTS;
    while (keys.size() <= place) {
      String name = "klay test account " + (KlayChain.ACCOUNTS + keys.size());
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      keys.add(PrivateKey.of(Keccak256.hash(bytes).toArray()));
    }
    return keys.get(place);
  }

  /** Contracts that fixtures made, for reports. */
  FixtureValues fixtures() {
    return fixtures;
  }

  @Override
  public void close() {
    chain.close();
    keys.forEach(PrivateKey::close);
  }
}
