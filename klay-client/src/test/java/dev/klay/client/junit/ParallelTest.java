package dev.klay.client.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.klay.client.Account;
import dev.klay.client.FeeLimit;
import dev.klay.client.KlayChain;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.consensus.Cheats;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Classes of {@code @KlayTest} and their methods, all at the same time: each test has a network to
 * itself while it runs. The classes are run by JUnit's launcher, not by the build.
 */
class ParallelTest {
  private static final int AT_ONCE = 6;
  private static final int TIMES = 24;
  private static final int CHAINS = 8;

  @Test
  void noTestSeesWhatAnotherDoes() {
    TestRun run =
        TestRun.parallel(AT_ONCE, Map.of(), ManyTests.class, MoreTests.class, FourNodes.class);
    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).isEqualTo(2 * 3 * TIMES + TIMES / 8);
    assertThat(InUse.CHAINS).isEmpty();
  }

  /** Networks that a test has at this moment. */
  static final class InUse {
    static final Set<KlayChain> CHAINS = ConcurrentHashMap.newKeySet();

    private InUse() {}
  }

  /** Each leaves what all the others would see, if there were a way. */
  @KlayTest
  static class ManyTests {
    private static final Address SHARED =
        Address.parse("0x00000000000000000000000000000000000c0ffe");

    private Instant began = Instant.EPOCH;

    @Fixture
    static Contract token(@Funded Account owner) {
      return Contract.deploy(owner, PartnerToken.code(), "T", "T", 0, 1_000_000);
    }

    @BeforeEach
    void everythingIsAsTheFixturesLeftIt(KlayChain chain, Contract token) {
      assertTrue(InUse.CHAINS.add(chain), "another test has this network");
      assertEquals(1, chain.client().height());
      assertEquals(Amount.ZERO, chain.client().balance(SHARED));
      assertEquals(0, token.call("balanceOf", SHARED).integer(0).intValueExact());
      assertTrue(chain.cheats().isAutomine());
      began = chain.clock().instant();
      assertTrue(began.isBefore(Instant.now().plus(Duration.ofDays(1))), "time was moved");
    }

    @AfterEach
    void leave(KlayChain chain) {
      InUse.CHAINS.remove(chain);
    }

    @RepeatedTest(TIMES)
    void sends(KlayChain chain, @Funded Account alice, Contract token) {
      Receipt paid = alice.send(SHARED, Amount.klay(1));
      assertEquals(2, paid.blockNumber());
      Receipt moved = token.send("transfer", SHARED, 7);
      assertEquals(3, moved.blockNumber());
      assertEquals(Amount.klay(1), chain.client().balance(SHARED));
    }

    @RepeatedTest(TIMES)
    void cheats(KlayChain chain, Cheats cheats, @Funded("3") Account alice) {
      cheats.clock().advance(Duration.ofDays(365));
      cheats.setBalance(SHARED, Amount.klay(1_000_000));
      cheats.impersonate(SHARED);
      cheats.automine(false);
      alice.submit(SHARED, Amount.klay(1), FeeLimit.NONE);
      assertEquals(Amount.klay(3), alice.balance());
    }

    @Nested
    class Inside {
      @RepeatedTest(TIMES)
      void mines(KlayChain chain, Cheats cheats) {
        cheats.mine(3);
        assertEquals(4, chain.client().height());
      }
    }
  }

  /** The same again, beside the first. */
  @KlayTest(network = NetworkPer.CLASS)
  static class MoreTests extends ManyTests {}

  /** Several nodes to a network, and one for each test. */
  @KlayTest(consensusNodes = 4, rangers = 1, network = NetworkPer.METHOD)
  static class FourNodes {
    @RepeatedTest(TIMES / 8)
    void agree(KlayChain chain, @Funded Account alice, Account bob) {
      assertTrue(InUse.CHAINS.add(chain), "another test has this network");
      assertEquals(1, alice.send(bob.address(), Amount.klay(1)).blockNumber());
      InUse.CHAINS.remove(chain);
    }
  }

  @Test
  void methodsOfOneClassRunAtTheSameTimeEachOnItsNetwork() {
    TestRun run = TestRun.parallel(2, Map.of(), Meeting.class);
    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).isEqualTo(2);
  }

  /** Neither ends before both have sent. */
  @KlayTest
  static class Meeting {
    private static final CountDownLatch BOTH = new CountDownLatch(2);

    @Test
    void one(@Funded Account alice, Account bob) throws InterruptedException {
      meet(alice, bob, Amount.klay(1));
    }

    @Test
    void other(@Funded Account alice, Account bob) throws InterruptedException {
      meet(alice, bob, Amount.klay(2));
    }

    private static void meet(Account alice, Account bob, Amount amount)
        throws InterruptedException {
      alice.send(bob.address(), amount);
      BOTH.countDown();
      assertTrue(BOTH.await(1, TimeUnit.MINUTES), "the other did not run meanwhile");
      assertEquals(amount, bob.balance()); // the same two accounts, on another network
    }
  }

  @Test
  void whatIsLeftOpenIsFoundBesideOtherTests() {
    try {
      TestRun run =
          TestRun.parallel(
              AT_ONCE,
              Map.of(LeakWatch.PATIENCE_MILLIS, "500"),
              Careless.class,
              Tidy.class,
              Unwatched.class);
      assertThat(run.passed()).isEqualTo(CHAINS + 2);
      assertThat(run.failures()).hasSize(1);
      assertThat(run.failures().get(0))
          .hasMessageContaining("still open after ")
          .hasMessageContaining(Careless.class.getName())
          .hasMessageContaining("thread klay-Node01");
    } finally {
      Careless.left.forEach(KlayChain::close);
    }
    TestRun clean = TestRun.parallel(AT_ONCE, Map.of(), Tidy.class);
    assertThat(clean.failures()).isEmpty();
  }

  @KlayTest
  static class Careless {
    static final Set<KlayChain> left = ConcurrentHashMap.newKeySet();

    @Test
    void leavesItsOwnChainOpen() {
      KlayChain chain = KlayChain.inMemory();
      left.add(chain);
      chain.account(0).send(chain.account(1).address(), Amount.klay(1));
    }
  }

  @KlayTest
  static class Tidy {
    @RepeatedTest(CHAINS)
    void closesItsOwnChain() {
      try (KlayChain chain = KlayChain.inMemory()) {
        assertEquals(0, chain.client().height());
      }
    }
  }

  /** May leave open what it likes. */
  @KlayTest(leakCheck = false)
  static class Unwatched {
    @Test
    void isNotJudged(KlayChain chain) {
      assertEquals(0, chain.client().height());
    }
  }
}
