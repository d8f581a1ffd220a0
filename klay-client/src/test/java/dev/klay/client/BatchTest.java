package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.core.call.Call;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many payments at once, and what work costs before it is done. */
@ParameterizedClass
@EnumSource(Connection.class)
class BatchTest {
  private final TestChain chain;
  private final KlayClient client;
  private final Account alice;

  BatchTest(Connection connection) {
    chain = TestChain.open(connection);
    client = chain.client();
    alice = chain.account(0);
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private List<Payment> payments(int count, Amount amount) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Payment(chain.newAccount().address(), amount))
        .toList();
  }

  @Tag("S30")
  @Test
  void twentyCommentersGetTheirKlayWithNoncesInARow() {
    BatchReport report = alice.sendAll(payments(20, Amount.klay(100)));
    assertThat(report.isComplete()).isTrue();
    assertThat(report.unpaid()).isEmpty();
    assertThat(report.receipts())
        .extracting(r -> r.transaction().tx().nonce())
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> (long) i).toList());
    report
        .entries()
        .forEach(e -> assertThat(client.balance(e.payment().to())).isEqualTo(Amount.klay(100)));
  }

  @Test
  void moreThanThePoolHoldsOfOneAccountAreSentAllTheSame() {
    assertThat(alice.sendAll(payments(150, Amount.klay(1))).isComplete()).isTrue();
    assertThat(alice.nonce()).isEqualTo(150);
  }

  @Tag("S30")
  @Test
  void whoCannotPayForAllPaysForNone() {
    assertThatThrownBy(() -> alice.sendAll(payments(20, Amount.klay(500))))
        .isInstanceOfSatisfying(
            InsufficientFundsException.class,
            e -> assertThat(e.balance()).isEqualTo(Amount.klay(10_000)));
    assertThatThrownBy(() -> alice.sendAll(payments(1, Amount.klay(10_000))))
        .as("the amount alone would do")
        .isInstanceOfSatisfying(
            InsufficientFundsException.class,
            e -> assertThat(e.needed()).isEqualTo(Amount.klay("10000.000525")));
    assertThatThrownBy(() -> chain.newAccount().sendAll(payments(2, Amount.klay(1))))
        .as("not even for a fee")
        .isInstanceOf(InsufficientFundsException.class);
    assertThat(alice.nonce()).isZero();
    assertThatThrownBy(() -> alice.sendAll(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> alice.withFeeLimit(FeeLimit.of("0.001")).sendAll(payments(20, Amount.klay(1))))
        .isInstanceOf(FeeLimitExceededException.class);
  }

  @Tag("S30")
  @Test
  void theReportSaysWhichWereNotMadeAndWhy() {
    Contract contract = Contract.deploy(alice, PartnerToken.code(), "T", "T", 0, UInt256.of(1));
    List<Payment> payments = new ArrayList<>(payments(5, Amount.klay(1)));
    payments.set(2, new Payment(contract.address(), Amount.klay(1)));
    BatchReport report = alice.sendAll(payments);
    assertThat(report.isComplete()).isFalse();
    assertThat(report.receipts()).hasSize(2);
    assertThat(report.unpaid()).hasSize(3);
    assertThat(report.unpaid().get(0).failure().orElseThrow())
        .hasMessageContaining("cannot be sent to contract");
  }

  @Tag("S3")
  @Test
  void theCostOfWorkIsKnownToThePeb() {
    Contract token = Contract.deploy(alice, PartnerToken.code(), "T", "T", 0, UInt256.of(1000));
    token.send("transfer", chain.account(2).address(), 1);
    Bytes transfer =
        token.abi().function("transfer").encodeCall(chain.account(2).address(), UInt256.of(1));
    Call call = Call.to(token.address()).from(alice.address()).input(transfer).build();
    Amount estimate =
        client.costs().estimate(Workload.NONE.transfers(30).memos(3, 10).calls(5, call));

    Amount charged = Amount.ZERO;
    for (Receipt receipt : alice.sendAll(payments(30, Amount.klay(1))).receipts()) {
      charged = charged.plus(receipt.fee());
    }
    for (int i = 0; i < 3; i++) {
      charged =
          charged.plus(
              alice
                  .sendMemo(
                      chain.account(1).address(),
                      Amount.ZERO,
                      Bytes.wrap(new byte[10]),
                      FeeLimit.NONE)
                  .fee());
    }
    for (int i = 0; i < 5; i++) {
      charged = charged.plus(token.send("transfer", chain.account(2).address(), 1).fee());
    }
    assertThat(estimate).isEqualTo(charged);
  }
}
