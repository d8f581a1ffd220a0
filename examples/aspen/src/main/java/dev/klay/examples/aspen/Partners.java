package dev.klay.examples.aspen;

import dev.klay.client.KlayClient;
import dev.klay.client.contract.PartnerToken;

/** The partners of 2018: each takes coins of the faucet and issues its token, once on a chain. */
final class Partners {
  private final KlayClient client;

  Partners(KlayClient client) {
    this.client = client;
  }

  /** Leaves alone what is there, and who has done something else with the issuer's key. */
  void issueTokens() {
    for (PartnerToken token : PartnerToken.values()) {
      boolean canIssue = client.nonce(token.issuer()) == 0;
      if (canIssue && token.on(client).isEmpty()) {
        if (client.faucet().cooldown(token.issuer()) == 0) {
          client.faucet().drip(token.issuer());
        }
        token.deploy(client);
      }
    }
  }
}
