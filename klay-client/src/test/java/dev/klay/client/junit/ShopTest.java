package dev.klay.client.junit;

import static dev.klay.client.junit.ChainAssertions.assertEmits;
import static dev.klay.client.junit.ChainAssertions.assertGains;
import static dev.klay.client.junit.ChainAssertions.assertGasUsed;
import static dev.klay.client.junit.ChainAssertions.assertPays;
import static dev.klay.client.junit.ChainAssertions.assertReverts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.Account;
import dev.klay.client.FeeLimit;
import dev.klay.client.KlayChain;
import dev.klay.client.KlayClient;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.consensus.Cheats;
import dev.klay.consensus.DevClock;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Amount;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A test class as users write it: fixtures once, every test on a fork of them. */
@KlayTest
class ShopTest {
  @Fixture
  static Contract token(@Funded Account owner) {
    return Contract.deploy(
        owner, PartnerToken.code(), "Okaka", "OKAKA", 18, BigInteger.valueOf(1_000));
  }

  /** Asks for another fixture. */
  @Fixture
  static Customers customers(Contract token, @Funded("5") Account first) {
    token.send("transfer", first.address(), 100);
    return new Customers(first);
  }

  record Customers(Account first) {}

  private long heightBefore;

  @BeforeEach
  void remember(KlayClient client) {
    heightBefore = client.height();
  }

  @RepeatedTest(3)
  void everyTestStartsBehindTheFixtures(
      Contract token, Customers customers, @Funded("1000") Account buyer, KlayClient client) {
    assertThat(heightBefore).isEqualTo(2);
    assertThat(client.height()).isEqualTo(2); // funding makes no block
    assertThat(buyer.balance()).isEqualTo(Amount.klay(1000));
    assertThat(balance(token, customers.first())).isEqualTo(100);
    token.by(customers.first()).send("transfer", buyer.address(), 60);
    assertThat(balance(token, buyer)).isEqualTo(60);
  }

  private static long balance(Contract token, Account account) {
    return token.call("balanceOf", account.address()).integer(0).longValueExact();
  }

  @Test
  void refusalsEventsBalancesAndGasAreAsserted(
      Contract token, Customers customers, @Funded Account payer, Account poor) {
    assertReverts(() -> token.by(payer).send("transfer", poor.address(), 1));
    Receipt sent = token.by(customers.first()).send("transfer", payer.address(), 7);
    assertEmits(token, sent, "Transfer", customers.first().address(), payer.address(), 7);
    assertGasUsed(100_000, sent);
    assertGains(poor, Amount.klay(3), () -> payer.send(poor.address(), Amount.klay(3)));
    assertPays(payer, Amount.klay("1.000525"), () -> payer.send(poor.address(), Amount.klay(1)));
  }

  @Test
  void timeIsMoved(DevClock clock, KlayNetwork net) {
    Instant before = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as blocks tell it
    clock.advance(Duration.ofDays(30));
    assertThat(net.explorer().latestBlocks(1).get(0).time())
        .isAfterOrEqualTo(before.plus(Duration.ofDays(30)));
  }

  @Test
  void anybodyIsImpersonated(KlayChain chain, Contract token, Account friend) {
    Account contractItself = chain.impersonate(token.address());
    chain.cheats().setBalance(token.address(), Amount.klay(2));
    contractItself.send(friend.address(), Amount.klay(1));
    assertThat(friend.balance()).isEqualTo(Amount.klay(1));
  }

  @Test
  void cheatsOfOneTestDoNotReachAnother(Cheats cheats, @Funded Account alice, Account bob) {
    assertThat(cheats.isAutomine()).isTrue();
    cheats.automine(false);
    alice.submit(bob.address(), Amount.klay(1), FeeLimit.NONE);
  }

  @Test
  void neitherDoTheyReachThisOne(Cheats cheats, @Funded Account alice, Account bob) {
    assertThat(cheats.isAutomine()).isTrue();
    cheats.automine(false);
    alice.submit(bob.address(), Amount.klay(1), FeeLimit.NONE);
  }

  @Nested
  class Inside {
    @Test
    void nestedClassesUseTheSameNetwork(Contract token, Customers customers) {
      assertThat(balance(token, customers.first())).isEqualTo(100);
    }
  }
}
