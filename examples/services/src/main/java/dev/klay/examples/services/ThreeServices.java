package dev.klay.examples.services;

import dev.klay.client.Account;
import dev.klay.client.KlayClient;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The three services on one chain in this JVM: four consensus nodes and a ranger, a block as soon
 * as there is a transaction and every second.
 */
final class ThreeServices implements AutoCloseable {
  private static final ChainSpec SPEC =
      ChainSpec.aspen()
          .withValidators(4)
          .withBlockPeriod(Duration.ZERO)
          .withEmptyPeriod(Duration.ofSeconds(1));

  private final KlayNetwork chain;
  private final PrivateKey operatorKey = PrivateKey.generate(new SecureRandom());
  private final BlasqService blasq;
  private final ScopeService scope;
  private final WalletService wallet;

  private ThreeServices(KlayNetwork chain, KeystoreCost cost, Terminal terminal) {
    this.chain = chain;
    KlayClient client = KlayClient.of(chain);
    Account operator = client.account(operatorKey);
    client.faucet().drip(operator.address());
    this.blasq = new BlasqService(Blasq.open(operator), terminal);
    this.scope = new ScopeService(client, terminal);
    this.wallet = new WalletService(client, cost, terminal);
  }

  /**
   * Starts the chain and the services.
   *
   * @param cost of guessing the passwords of wallets
   */
  static ThreeServices start(KeystoreCost cost, Terminal terminal) {
    KlayNetwork chain = KlayNetwork.of(SPEC).rangers(1).start();
    boolean started = false;
    try {
      ThreeServices services = new ThreeServices(chain, cost, terminal);
      started = true;
      return services;
    } finally {
      if (!started) {
        chain.close();
      }
    }
  }

  KlayNetwork chain() {
    return chain;
  }

  WalletService wallet() {
    return wallet;
  }

  List<Service> all() {
    return List.of(blasq, scope, wallet);
  }

  /**
   * What a visitor would type: in the service of this name, or in all and then from one to the
   * other.
   */
  List<Supplier<String>> demo(String name, Path scratch) {
    List<Supplier<String>> lines = new ArrayList<>();
    for (Service service : all()) {
      if (name.equals(service.name())) {
        return service.demo(scratch);
      }
      lines.add(service::name);
      lines.addAll(service.demo(scratch));
    }
    lines.addAll(fromOneToTheOther());
    return lines;
  }

  /** What BLASQ pays arrives in the wallet, and Scope shows both. */
  private List<Supplier<String>> fromOneToTheOther() {
    return List.of(
        () -> "blasq",
        () -> "payout bob 5 " + wallet.wallet().address(),
        () -> "wallet",
        () -> "assets",
        () -> "send 2 BLASQ " + WalletService.FRIEND + " 0.01",
        () -> "scope",
        () -> "search " + wallet.wallet().address(),
        () -> "history " + wallet.wallet().address());
  }

  @Override
  public void close() {
    all().forEach(Service::close);
    operatorKey.close();
    chain.close();
  }
}
