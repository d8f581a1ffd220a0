package dev.klay.examples.aspen;

import dev.klay.client.FeeLimit;
import dev.klay.client.KlayClient;
import dev.klay.client.wallet.NewWallet;
import dev.klay.client.wallet.Wallet;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.FaucetRule;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.keystore.PasswordPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.io.PrintWriter;

/**
 * What somebody new to the network would do first: a wallet, coins of the faucet, a transfer. Then
 * the partners issue their tokens.
 */
final class Scenario {
  private static final Address FRIEND = Address.parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

  private final KlayClient client;
  private final PrintWriter out;

  Scenario(KlayNetwork network, PrintWriter out) {
    this.client = KlayClient.of(network);
    this.out = out;
  }

  void run() {
    char[] password = "aspen-2018!".toCharArray();
    try (NewWallet fresh = Wallet.create(password, PasswordPolicy.aspen());
        Wallet wallet = fresh.connect(client)) {
      say("wallet", wallet.address() + ", keystore of version " + fresh.keystore().version());
      Receipt drip = client.faucet().drip(wallet.address());
      say(
          "faucet",
          client.faucet().amount()
              + " in block "
              + drip.blockNumber()
              + ", the next in "
              + FaucetRule.ASPEN.cooldownBlocks()
              + " blocks");
      Receipt paid = wallet.send(FRIEND, Amount.klay(1), FeeLimit.of("0.001"));
      say(
          "transfer",
          "1 KLAY in block "
              + paid.blockNumber()
              + ", fee "
              + paid.fee()
              + ", final: "
              + paid.finality().verify(client.info().spec().validators()));
      say("balance", wallet.balance().toString());
      new Partners(client).issueTokens();
      say("assets", wallet.assets().toString());
    }
  }

  private void say(String what, String text) {
    out.printf("%-9s %s%n", what, text);
    out.flush();
  }
}
