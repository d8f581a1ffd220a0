package dev.klay.client.junit;

import static dev.klay.client.junit.ChainAssertions.assertReverts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What is said of failed tests, and of tests that leave something open. */
class ReportsTest {
  @KlayTest
  static final class Fixtures {
    @Fixture
    static Contract token(@Funded Account owner) {
      return Contract.deploy(owner, PartnerToken.code(), "Irene", "IRENE", 18, BigInteger.TEN);
    }
  }

  private static Stage stage() {
    return Stage.start(
        NetworkPlan.of(Fixtures.class.getAnnotation(KlayTest.class)),
        FixtureMethods.of(Fixtures.class));
  }

  @Test
  void aFailedTransactionIsShownWithItsCalls() {
    try (Stage stage = stage()) {
      assertThat(FailedTransactions.of(stage)).isEmpty();
      Contract token = (Contract) stage.fixtures().find(Contract.class).orElseThrow();
      Account poor = stage.chain().account(5);
      Bytes input = token.abi().function("transfer").encodeCall(poor.address(), 1);
      assertReverts(
          () ->
              poor.send(
                  200_000,
                  (head, fee) ->
                      new ExecutionTx(
                          head, fee, poor.address(), token.address(), Amount.ZERO, input)));
      Optional<FailedTransactions> report = FailedTransactions.of(stage);
      assertThat(report).isPresent();
      assertThat(report.orElseThrow().getMessage())
          .contains("CALL " + token.address())
          .contains("transfer(")
          .contains("=> reverted: InsufficientBalance");
      assertThat(report.orElseThrow().getStackTrace()).isEmpty();
    }
  }

  @Test
  void threadsAndPortsThatStayOpenAreNamed() throws Exception {
    LeakWatch watch = new LeakWatch(Duration.ofMillis(300));
    watch.enter(ReportsTest.class);
    try (KlayChain chain = KlayChain.inMemory();
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      chain.account(0).send(chain.account(1).address(), Amount.klay(1));
      assertThatThrownBy(() -> watch.leave(true))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessageContaining("thread klay-Node01")
          .hasMessageContaining("port " + socket.getLocalPort());
    }
    LeakWatch next = new LeakWatch(LeakWatch.PATIENCE_DEFAULT);
    next.enter(ReportsTest.class);
    next.leave(true);
  }
}
