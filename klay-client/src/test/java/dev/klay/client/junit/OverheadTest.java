package dev.klay.client.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * What {@code @KlayTest} costs: classes of 200 tests, run by JUnit's launcher as a build runs them.
 * The figures are printed; only that all tests pass is asserted.
 */
class OverheadTest {
  private static final int TESTS = 200;

  @Test
  void aForkForEachTestIsMeasuredAgainstAFreshChainForEach() {
    millis(OnForks.class); // warms up
    millis(OnFreshChains.class);
    System.out.printf(
        "%d tests by JUnit: without a chain %d ms, on forks that nobody uses %d ms; one token"
            + " transfer each, on a fork %d ms, on a fresh chain %d ms%n",
        TESTS,
        millis(Plain.class),
        millis(Idle.class),
        millis(OnForks.class),
        millis(OnFreshChains.class));
  }

  private static long millis(Class<?> tests) {
    long start = System.nanoTime();
    TestRun run = TestRun.of(tests);
    long nanos = System.nanoTime() - start;
    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).isEqualTo(TESTS);
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  static class Plain {
    @RepeatedTest(TESTS)
    void nothing() {
      assertEquals(1, Integer.signum(TESTS));
    }
  }

  @KlayTest
  static class Idle {
    @RepeatedTest(TESTS)
    void nothing(KlayChain chain) {
      assertEquals(0, chain.client().height());
    }
  }

  @KlayTest
  static class OnForks {
    @Fixture
    static Contract token(@Funded Account owner) {
      return Contract.deploy(owner, PartnerToken.code(), "T", "T", 0, 1_000_000);
    }

    @RepeatedTest(TESTS)
    void transfer(Contract token, Account buyer) {
      assertEquals(2, token.send("transfer", buyer.address(), 1).blockNumber());
    }
  }

  /** The same tests and fixture. */
  @KlayTest(network = NetworkPer.METHOD)
  static class OnFreshChains extends OnForks {}
}
