package dev.klay.examples.quickstart;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Amount;

/** Opens a chain, sends a transfer, prints what it cost. */
public final class Quickstart {
  private Quickstart() {}

  public static void main(String[] args) {
    try (KlayChain chain = KlayChain.inMemory()) {
      Account alice = chain.account(0); // deterministic, funded
      Account bob = chain.newAccount();
      Receipt paid = alice.send(bob.address(), Amount.klay("1.5"));
      System.out.println(paid.fee()); // 0.000525 KLAY
      System.out.println(bob.balance()); // 1.5 KLAY
    }
  }
}
