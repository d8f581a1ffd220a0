package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the seed asks of a network for companies (SEED.md S33, S38): partners that share it without
 * getting into each other's way, and users who never had a coin.
 */
class ManyUsersTest {
  /** S38 has 100,000; {@code -Dklay.users=100000} makes so many. */
  private static final int USERS = Integer.getInteger("klay.users", 500);

  private static final int ON_THEIR_WAY = 200;
  private static final int PARTNERS = 10;
  private static final Amount FEE = Amount.klay("0.000775"); // 21,000 and 10,000 gas at 25 ston

  @Tag("S38")
  @Test
  void accountsThatAreUsedOnceEachPayNothing() {
    try (KlayChain chain = KlayChain.inMemory()) {
      Account treasury = chain.account(0);
      Address shop = chain.account(1).address();
      Amount before = treasury.balance();
      Sponsor sponsor = Sponsor.of(treasury).perUser(FEE).perDay(FEE.times(USERS));
      Deque<CompletableFuture<Receipt>> sent = new ArrayDeque<>();
      long start = System.nanoTime();
      for (int i = 0; i < USERS; i++) {
        if (sent.size() == ON_THEIR_WAY) {
          ensure(sent.remove());
        }
        try (PrivateKey key = key("user " + i)) {
          sent.add(chain.client().account(key).paidBy(sponsor).sendAsync(shop, Amount.ZERO));
        }
      }
      sent.forEach(ManyUsersTest::ensure);
      System.out.printf(
          "%d accounts used once each in %.1f s%n", USERS, (System.nanoTime() - start) / 1e9);
      assertThat(before.minus(treasury.balance())).isEqualTo(FEE.times(USERS));
      assertThat(sponsor.spent()).isEqualTo(FEE.times(USERS));
      try (PrivateKey key = key("one too many")) {
        Account late = chain.client().account(key).paidBy(sponsor);
        assertThatThrownBy(() -> late.send(shop, Amount.ZERO))
            .isInstanceOf(SponsorRefusedException.class);
      }
    }
  }

  private static void ensure(CompletableFuture<Receipt> sent) {
    assertThat(sent.join().isSuccess()).isTrue();
  }

  private static PrivateKey key(String name) {
    return PrivateKey.of(Keccak256.hash(name.getBytes(StandardCharsets.UTF_8)).toArray());
  }

  @Tag("S33")
  @Test
  void tenPartnersEachWithKeysATokenAndAQuotaOfTheirOwn() {
    try (KlayChain chain = KlayChain.inMemory()) {
      ExecutorService threads = Executors.newFixedThreadPool(PARTNERS);
      try {
        List<CompletableFuture<Contract>> apps = new ArrayList<>();
        for (int partner = 0; partner < PARTNERS; partner++) {
          int number = partner;
          apps.add(CompletableFuture.supplyAsync(() -> app(chain, number), threads));
        }
        List<Address> tokens = apps.stream().map(app -> app.join().address()).toList();
        assertThat(tokens).doesNotHaveDuplicates();
      } finally {
        threads.shutdown();
      }
    }
  }

  /** Its users get a token each and send it back, for nothing; then its quota is used up. */
  private static Contract app(KlayChain chain, int partner) {
    Account issuer = chain.account(partner);
    Contract token = Contract.deploy(issuer, PartnerToken.code(), "P" + partner, "P", 0, 100);
    Sponsor quota = Sponsor.of(issuer).perDay(FEE.times(partner + 1));
    for (int user = 0; user <= partner; user++) {
      try (PrivateKey key = key("user " + user + " of " + partner)) {
        Account account = chain.client().account(key);
        token.send("transfer", account.address(), 1);
        account.paidBy(quota).send(issuer.address(), Amount.ZERO);
        assertThat(token.call("balanceOf", account.address()).integer(0).intValueExact()).isOne();
      }
    }
    try (PrivateKey key = key("stranger of " + partner)) {
      Account stranger = chain.client().account(key).paidBy(quota);
      assertThatThrownBy(() -> stranger.send(issuer.address(), Amount.ZERO))
          .isInstanceOf(SponsorRefusedException.class);
    }
    assertThat(quota.spent()).isEqualTo(FEE.times(partner + 1));
    assertThat(token.call("balanceOf", issuer.address()).integer(0).intValueExact())
        .isEqualTo(99 - partner);
    return token;
  }
}
