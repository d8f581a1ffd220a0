package dev.klay.examples.services.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.klay.client.Account;
import dev.klay.client.BatchReport;
import dev.klay.client.InsufficientFundsException;
import dev.klay.client.KlayChain;
import dev.klay.client.Reverted;
import dev.klay.client.contract.TokenInterface;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One example for each shape of partner service (SEED.md S37). */
class ShapesTest {
  private final KlayChain chain = KlayChain.inMemory();
  private final Account company = chain.account(0);
  private final Account person = chain.account(1);

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void payPerViewIsAMicropayment() {
    Account studio = chain.newAccount();
    PayPerView stream = new PayPerView(chain.client(), studio.address());
    Hash ticket = stream.buy(person, 3);

    assertThat(stream.mayWatch(person.address(), 3, ticket)).isTrue();
    assertThat(stream.mayWatch(person.address(), 4, ticket)).as("another episode").isFalse();
    assertThat(stream.mayWatch(company.address(), 3, ticket)).as("another viewer").isFalse();
    assertThat(stream.mayWatch(person.address(), 3, Hash.ZERO)).as("no payment").isFalse();
    Hash other = new PayPerView(chain.client(), company.address()).buy(person, 3);
    assertThat(stream.mayWatch(person.address(), 3, other)).as("another studio").isFalse();
    assertThat(studio.balance()).isEqualTo(PayPerView.PRICE);

    Amount fee = chain.client().receipt(ticket).orElseThrow().fee();
    assertThat(fee.times(10)).as("the fee is a small part").isLessThan(PayPerView.PRICE);
    assertThat(printedBy(PayPerView::main))
        .containsExactly("episode 7: true", "episode 8: false", "the studio has 0.01 KLAY");
  }

  @Test
  void pointsAreAToken() {
    Points shop = new Points(company);
    try (PrivateKey key = PrivateKey.generate(new SecureRandom())) {
      Account customer = shop.customer(key);
      Receipt given = shop.give(customer.address(), 50);
      Receipt redeemed = shop.redeem(customer, 30);

      assertThat(shop.token().contract().events(given)).hasSize(1);
      assertThat(shop.token().balanceOf(customer.address())).isEqualTo(UInt256.of(20));
      assertThat(shop.token().totalSupply()).isEqualTo(UInt256.of(999_970));
      assertThat(redeemed.transaction().feePayer()).contains(company.address());
      assertThat(customer.balance()).isEqualTo(Amount.ZERO);
      assertThatThrownBy(() -> shop.redeem(customer, 21))
          .isInstanceOfSatisfying(
              Reverted.class, e -> assertThat(e.is("InsufficientBalance")).isTrue());
    }
    assertThat(printedBy(Points::main))
        .containsExactly("10 points left", "KLAY of the customer, ever: 0 KLAY");
  }

  @Test
  void badgesAreNonFungible() {
    Badges badges = new Badges(company, "Readers", "READ");
    UInt256 first = UInt256.of(1);
    UInt256 second = UInt256.of(2);
    badges.give(person.address(), first, "https://school.example/1");
    badges.give(company.address(), second, "https://school.example/2");

    assertThat(badges.token().name() + badges.token().symbol()).isEqualTo("ReadersREAD");
    assertThat(badges.token().interfaces()).contains(TokenInterface.KIP17);
    assertThat(badges.token().ownerOf(first)).isEqualTo(person.address());
    assertThat(badges.token().uri(first)).isEqualTo("https://school.example/1");
    assertThat(badges.token().balanceOf(person.address())).isEqualTo(UInt256.ONE);
    assertThat(badges.token().transfers().list()).hasSize(2);
    Address to = person.address();
    assertThat(refusal(badges, company, "mintWithTokenURI", to, first, ""))
        .isEqualTo("AlreadyGiven");
    assertThat(refusal(badges, person, "mintWithTokenURI", to, 9, "")).isEqualTo("OnlyTheIssuer");
    assertThat(refusal(badges, company, "transferFrom", company.address(), to, second))
        .isEqualTo("BadgesStay");
    assertThat(refusal(badges, company, "ownerOf", 9)).isEqualTo("UnknownBadge");
    assertThat(printedBy(Badges::main)).containsExactly("true", "reverted: BadgesStay()");
  }

  private static String refusal(Badges badges, Account sender, String function, Object... given) {
    Reverted refused =
        catchThrowableOfType(
            Reverted.class, () -> badges.contract().by(sender).send(function, given));
    return refused.error().orElseThrow().name();
  }

  @Test
  void anAuditLogIsMemos() {
    List<AuditLog.Entry> log = new ArrayList<>();
    for (String text : List.of("opened", "paid in", "paid out")) {
      log.add(AuditLog.append(company, log, text));
    }
    assertThat(fault(log)).isEmpty();
    assertThat(fault(log.subList(0, 2))).as("what came later is not asked").isEmpty();
    assertThat(fault(List.of(log.get(0), log.get(2)))).as("left out").hasValue(1);
    assertThat(fault(List.of(log.get(1), log.get(0)))).as("moved").hasValue(0);
    List<AuditLog.Entry> changed = new ArrayList<>(log);
    changed.set(
        1, new AuditLog.Entry("paid in twice", log.get(1).secret(), log.get(1).transaction()));
    assertThat(fault(changed)).as("changed").hasValue(1);
    changed.set(1, AuditLog.append(person, log.subList(0, 1), "paid in"));
    assertThat(fault(changed)).as("written by another").hasValue(1);
    AuditLog.Entry same = AuditLog.append(company, List.of(), "opened");
    assertThat(memo(same)).as("says nothing of the record").isNotEqualTo(memo(log.get(0)));
    assertThat(memo(same).size()).as("a digest").isEqualTo(32);
    assertThat(printedBy(AuditLog::main)).containsExactly("OptionalInt.empty", "OptionalInt[1]");
  }

  private Bytes memo(AuditLog.Entry entry) {
    return chain.client().receipt(entry.transaction()).orElseThrow().transaction().tx().input();
  }

  private OptionalInt fault(List<AuditLog.Entry> log) {
    return AuditLog.firstFault(chain.client(), company.address(), log);
  }

  @Test
  void adRewardsAreABatch() {
    AdReward campaign = new AdReward(company, Amount.klay("0.002"));
    List<Account> fans = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      fans.add(chain.newAccount());
      for (int view = 0; view < i; view++) {
        campaign.seen(fans.get(i - 1).address());
      }
    }
    long nonce = company.nonce();
    Amount before = company.balance();

    BatchReport report = campaign.payOut();

    assertThat(report.isComplete()).isTrue();
    assertThat(report.receipts())
        .extracting(paid -> paid.transaction().tx().nonce())
        .containsExactlyElementsOf(LongStream.range(nonce, nonce + 20).boxed().toList());
    for (int i = 1; i <= 20; i++) {
      assertThat(fans.get(i - 1).balance()).isEqualTo(Amount.klay("0.002").times(i));
    }
    Amount fees = report.receipts().stream().map(Receipt::fee).reduce(Amount.ZERO, Amount::plus);
    assertThat(before.minus(company.balance()))
        .isEqualTo(Amount.klay("0.002").times(210).plus(fees));
    campaign.seen(fans.get(0).address());
    assertThat(campaign.payOut().entries()).as("a new list").hasSize(1);

    AdReward tooDear = new AdReward(company, Amount.klay(1_000_000));
    tooDear.seen(fans.get(0).address());
    assertThatThrownBy(tooDear::payOut).isInstanceOf(InsufficientFundsException.class);
    assertThat(printedBy(AdReward::main)).containsExactly("2 paid: true", "two views: 0.004 KLAY");
  }

  private static List<String> printedBy(Consumer<String[]> main) {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      main.accept(new String[0]);
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
