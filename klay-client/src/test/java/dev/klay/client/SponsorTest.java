package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.SponsorRefusedException.Reason;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxType;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Connection.class)
class SponsorTest {
  private static final Amount FEE = Amount.klay("0.000775"); // 21,000 and 10,000 gas at 25 ston

  private final TestChain chain;
  private final Account treasury;
  private final Account reader;
  private final Account author;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  SponsorTest(Connection connection) {
    chain = TestChain.open(connection);
    treasury = chain.account(0);
    reader = chain.newAccount();
    author = chain.newAccount();
  }

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void aUserWithoutAnyCoinForFeesPaysNothing() {
    treasury.send(reader.address(), Amount.klay("0.01"));
    Amount before = treasury.balance();
    Sponsor sponsor = Sponsor.of(treasury).perUser(Amount.klay("0.1")).perDay(Amount.klay("50"));
    Receipt paid = reader.paidBy(sponsor).send(author.address(), Amount.klay("0.01"));
    assertThat(paid.transaction().type()).isEqualTo(TxType.FEE_DELEGATED_VALUE_TRANSFER);
    assertThat(paid.fee()).isEqualTo(FEE);
    assertThat(reader.balance()).isEqualTo(Amount.ZERO);
    assertThat(author.balance()).isEqualTo(Amount.klay("0.01"));
    assertThat(treasury.balance()).isEqualTo(before.minus(FEE));
    assertThat(sponsor.spent()).isEqualTo(FEE);
    assertThat(sponsor.left(reader.address())).isEqualTo(Amount.klay("0.1").minus(FEE));
  }

  @Test
  void aPartOfTheFeeIsSharedToThePeb() {
    treasury.send(reader.address(), Amount.klay(1));
    Sponsor sponsor = Sponsor.of(treasury).perDay(Amount.klay(1));
    Amount before = treasury.balance();
    Receipt paid = reader.paidBy(sponsor, 30).send(author.address(), Amount.ZERO);
    assertThat(paid.transaction().type()).isEqualTo(TxType.FEE_DELEGATED_VALUE_TRANSFER_WITH_RATIO);
    assertThat(before.minus(treasury.balance())).isEqualTo(sponsor.spent());
    assertThat(reader.balance()).isEqualTo(Amount.klay(1).minus(paid.fee()).plus(sponsor.spent()));
  }

  @Test
  void budgetsAreNeverExceededAndBeginAnewEachDay() {
    Sponsor sponsor =
        Sponsor.of(treasury).perUser(FEE.times(2)).perDay(FEE.times(3)).clock(() -> now);
    Account other = chain.newAccount();
    reader.paidBy(sponsor).send(author.address(), Amount.ZERO);
    reader.paidBy(sponsor).send(author.address(), Amount.ZERO);
    assertRefused(sponsor, reader, Reason.USER_BUDGET);
    other.paidBy(sponsor).send(author.address(), Amount.ZERO);
    assertRefused(sponsor, other, Reason.DAY_BUDGET);
    assertThat(sponsor.spent()).isEqualTo(FEE.times(3));
    assertThat(other.nonce()).isEqualTo(1);

    now = now.plus(Duration.ofHours(14));
    assertThat(sponsor.spent()).isEqualTo(Amount.ZERO);
    reader.paidBy(sponsor).send(author.address(), Amount.ZERO);
  }

  private void assertRefused(Sponsor sponsor, Account user, Reason reason) {
    assertThatThrownBy(() -> user.paidBy(sponsor).send(author.address(), Amount.ZERO))
        .isInstanceOfSatisfying(
            SponsorRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void manyAtOnceCannotOverspendTogether() {
    Sponsor sponsor = Sponsor.of(treasury).perDay(FEE.times(10));
    Amount before = treasury.balance();
    List<CompletableFuture<Receipt>> sent =
        IntStream.range(0, 40)
            .mapToObj(i -> chain.newAccount())
            .map(
                user ->
                    CompletableFuture.supplyAsync(
                        () -> user.paidBy(sponsor).send(author.address(), Amount.ZERO)))
            .toList();
    long paid = sent.stream().filter(SponsorTest::isDone).count();
    assertThat(paid).isEqualTo(10);
    assertThat(before.minus(treasury.balance())).isEqualTo(FEE.times(10));
  }

  private static boolean isDone(CompletableFuture<Receipt> sent) {
    try {
      return sent.join().isSuccess();
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(SponsorRefusedException.class);
      return false;
    }
  }

  @Test
  void whatAContractDoesNotUseComesFree() {
    Contract token = Contract.deploy(treasury, PartnerToken.code(), "T", "T", 0, UInt256.of(100));
    token.send("transfer", reader.address(), 10);
    Sponsor sponsor =
        Sponsor.of(treasury)
            .perDay(Amount.klay(1))
            .only(tx -> tx instanceof ExecutionTx && tx.to().equals(Optional.of(token.address())));
    Receipt paid = token.by(reader.paidBy(sponsor)).send("transfer", author.address(), 1);
    assertThat(paid.gasUsed()).isLessThan(paid.transaction().tx().gas());
    assertThat(sponsor.spent()).isEqualTo(paid.fee());
    assertRefused(sponsor, reader, Reason.RULE);
  }

  @Test
  void twoPartiesThatDoNotShareTheirKeys() {
    treasury.send(reader.address(), Amount.klay(1));
    Bytes message =
        reader
            .offer(
                (head, fee) ->
                    new ValueTransferTx(
                        head, fee, reader.address(), author.address(), Amount.klay(1)))
            .encode();

    Sponsor sponsor = Sponsor.of(treasury).perDay(Amount.klay(1));
    Receipt paid = sponsor.send(PartialTx.decode(message));
    assertThat(paid.from()).isEqualTo(reader.address());
    assertThat(paid.transaction().feePayer()).contains(treasury.address());
    assertThat(sponsor.spent()).isEqualTo(paid.fee());
    assertThat(author.balance()).isEqualTo(Amount.klay(1));
    assertThatThrownBy(() -> sponsor.send(PartialTx.decode(message)))
        .isInstanceOf(TransactionRejectedException.class);
    assertThat(sponsor.spent()).isEqualTo(paid.fee());
  }

  @Test
  void whatIsSignedAndNeverSentStaysSetAsideUntilItIsReleased() {
    Sponsor sponsor = Sponsor.of(treasury).perDay(FEE.times(2));
    PartialTx offer =
        reader.offer(
            (head, fee) ->
                new ValueTransferTx(head, fee, reader.address(), author.address(), Amount.ZERO));
    SignedTx signed = sponsor.pay(offer);
    assertThat(sponsor.left(reader.address())).isEqualTo(FEE);
    assertThat(sponsor.pay(offer).hash()).isEqualTo(signed.hash());
    assertThat(sponsor.spent()).isEqualTo(FEE);
    sponsor.release(signed.hash());
    assertThat(sponsor.spent()).isEqualTo(Amount.ZERO);
  }
}
