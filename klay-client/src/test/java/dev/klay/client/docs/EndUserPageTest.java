package dev.klay.client.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.BatchReport;
import dev.klay.client.Connection;
import dev.klay.client.FeeLimit;
import dev.klay.client.FeeLimitExceededException;
import dev.klay.client.KlayClient;
import dev.klay.client.Payment;
import dev.klay.client.TestChain;
import dev.klay.client.contract.PartnerToken;
import dev.klay.client.contract.Token;
import dev.klay.client.faucet.FaucetCooldownException;
import dev.klay.client.wallet.NewWallet;
import dev.klay.client.wallet.RevealedKey;
import dev.klay.client.wallet.Wallet;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.PasswordPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/end-user.md. */
class EndUserPageTest {
  private final TestChain network = TestChain.open(Connection.IN_PROCESS);
  private final KlayClient client = network.client();

  @TempDir Path folder;

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void fromNothingToTokens() {
    char[] password = "abcdef1!".toCharArray();
    Path file = folder.resolve("wallet.json");
    Address me;
    // page
    try (NewWallet fresh = Wallet.create(password, PasswordPolicy.aspen())) {
      fresh.keystore().writeTo(file); // only its owner may read it
      try (RevealedKey key = fresh.revealPrivateKey()) { // once; to be written down
        show(key.hex());
      }
      me = fresh.address();
    }
    // end

    // page
    client.faucet().drip(me); // 1,000 KLAY, then 900 blocks of waiting
    try {
      client.faucet().drip(me);
    } catch (FaucetCooldownException e) {
      System.out.println(e.getMessage()); // says how many blocks are left
    }
    // end

    Address friend = network.account(1).address();
    network.account(0).send(PartnerToken.IRENE.issuer(), Amount.klay(10));
    Token irene = PartnerToken.IRENE.deploy(client);
    try (PrivateKey issuer = PartnerToken.IRENE.issuerKey()) {
      irene.transfer(client.account(issuer), me, irene.units("5"));
    }
    // page
    try (Wallet wallet = Wallet.open(client, Keystore.read(file), password)) {
      Receipt paid = wallet.send(friend, Amount.klay("1"), FeeLimit.of("0.001"));
      System.out.println(paid.fee()); // 0.000525 KLAY, always
      try {
        wallet.send(friend, Amount.klay("1"), FeeLimit.of("0.0005"));
      } catch (FeeLimitExceededException e) {
        System.out.println("would cost " + e.fee()); // nothing was sent
      }

      wallet.assets().forEach(System.out::println); // 998.999475 KLAY, 5 IRENE
      wallet.send(irene, friend, irene.units("2.5"));

      BatchReport gifts =
          wallet.sendAll(
              List.of(
                  new Payment(friend, Amount.klay(1)),
                  new Payment(irene.address(), Amount.klay(1)))); // a contract does not take it
      gifts.unpaid().forEach(e -> System.out.println(e.payment() + ": " + e.failure()));
    }
    // end
    assertThat(client.balance(friend)).isEqualTo(Amount.klay(10_002));
    assertThat(irene.inWhole(irene.balanceOf(friend))).isEqualByComparingTo("2.5");
  }

  private static void show(char[] hex) {
    assertThat(hex).hasSize(66);
  }
}
