package dev.klay.client.docs;

import static dev.klay.client.junit.ChainAssertions.assertEmits;
import static dev.klay.client.junit.ChainAssertions.assertGains;
import static dev.klay.client.junit.ChainAssertions.assertGasUsed;
import static dev.klay.client.junit.ChainAssertions.assertPays;
import static dev.klay.client.junit.ChainAssertions.assertReverts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.client.KlayClient;
import dev.klay.client.Reverted;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.client.faucet.FaucetCooldownException;
import dev.klay.client.junit.Fixture;
import dev.klay.client.junit.Funded;
import dev.klay.client.junit.KlayTest;
import dev.klay.consensus.Cheats;
import dev.klay.consensus.DevClock;
import dev.klay.consensus.KlayNetwork;
import dev.klay.consensus.Snapshot;
import dev.klay.consensus.simulation.Fault;
import dev.klay.consensus.simulation.SimulatedNetwork;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The code of docs/test-author.md. */
class TestAuthorPageTest {
  // page
  @Test
  void nobodySpendsMoreThanThereIs() {
    try (KlayChain chain = KlayChain.inMemory()) {
      Account owner = chain.account(0);
      Account thief = chain.account(1);
      Contract token = Contract.deploy(owner, PartnerToken.code(), "T", "T", 0, 100);
      Reverted e =
          assertThrows(Reverted.class, () -> token.by(thief).send("transfer", thief.address(), 1));
      assertTrue(e.is("InsufficientBalance"));
      assertEquals(0, thief.nonce()); // it was tried first: nothing was sent
    }
  }

  // end

  @Nested
  // page
  @KlayTest(consensusNodes = 4)
  class PaymentTest {
    @Fixture // made once; every test starts from a fork of the chain behind it
    static Contract token(@Funded Account owner) {
      return Contract.deploy(owner, PartnerToken.code(), "Okaka", "OKAKA", 18, 1_000);
    }

    @Test
    void tokensMove(Contract token, Account friend) {
      Receipt sent = token.send("transfer", friend.address(), 7);
      assertTrue(sent.isSuccess());
      assertEmits(token, sent, "Transfer", sent.from(), friend.address(), 7);
      assertGasUsed(100_000, sent);
    }

    @Test
    void nobodySendsWhatHeHasNot(Contract token, @Funded("5") Account poor) {
      assertReverts(
          "InsufficientBalance", () -> token.by(poor).send("transfer", poor.address(), 1));
      assertPays(poor, Amount.klay("0.000525"), () -> poor.send(poor.address(), Amount.ZERO));
    }

    @Test
    void aMonthLater(KlayNetwork net, DevClock clock, @Funded("1000") Account alice, Account bob) {
      Instant before = clock.instant();
      clock.advance(Duration.ofDays(30)); // makes a block that shows it
      assertGains(bob, Amount.klay(3), () -> alice.send(bob.address(), Amount.klay(3)));
      assertTrue(net.explorer().latestBlocks(1).get(0).time().isAfter(before));
    }

    @Test
    void theContractItselfSends(KlayChain chain, Contract token, Account friend) {
      chain.cheats().setBalance(token.address(), Amount.klay(2));
      chain.impersonate(token.address()).send(friend.address(), Amount.klay(1));
      assertEquals(Amount.klay(1), friend.balance());
    }
  }

  // end

  @Test
  void powers() {
    try (PrivateKey key = PrivateKey.generate(new SecureRandom())) {
      Address me = key.address();
      // page
      try (KlayNetwork network = KlayNetwork.of(ChainSpec.development()).cheats().start()) {
        KlayClient client = KlayClient.of(network);
        Cheats cheats = network.cheats();

        Snapshot before = cheats.snapshot(); // microseconds, whatever the size of the chain
        client.faucet().drip(me);
        assertThrows(FaucetCooldownException.class, () -> client.faucet().drip(me));
        cheats.mine(900);
        client.faucet().drip(me); // the wait is over
        cheats.restore(before);
        assertEquals(Amount.ZERO, client.balance(me));

        cheats.setBalance(me, Amount.klay(1_000_000));
        cheats.clock().advance(Duration.ofDays(30));
      }
      // end
    }
  }

  @Test
  void faults() {
    // page
    try (SimulatedNetwork sim = KlayNetwork.simulated(4).seed(42).build()) { // virtual time
      sim.node(2).inject(Fault.equivocation());
      sim.partition(Set.of(0, 1), Set.of(2, 3)).during(Duration.ofSeconds(10));
      sim.runFor(Duration.ofSeconds(40));
      sim.checkSafety(); // no two blocks of one height, whatever happened
      System.out.println("height " + sim.commonHeight()); // the same in every run of seed 42
    }
    // end
  }
}
