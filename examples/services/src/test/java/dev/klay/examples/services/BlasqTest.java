package dev.klay.examples.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.client.Reverted;
import dev.klay.client.SponsorRefusedException;
import dev.klay.client.contract.ContractEvent;
import dev.klay.client.contract.Contracts;
import dev.klay.core.explorer.Explorer;
import dev.klay.core.explorer.SearchResult;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the seed asks of BLASQ (SEED.md S31): ask with a reward pool, answer, accept, earn. */
class BlasqTest {
  private final KlayChain chain = KlayChain.inMemory();
  private final List<PrivateKey> keys = new ArrayList<>();
  private final Blasq blasq = Blasq.open(chain.account(0));
  private Account ann;
  private Account bob;
  private Account cho;

  @BeforeEach
  void threeMembers() {
    ann = member();
    bob = member();
    cho = member();
  }

  private Account member() {
    PrivateKey key = PrivateKey.generate(new SecureRandom());
    keys.add(key);
    return blasq.join(key);
  }

  @AfterEach
  void close() {
    keys.forEach(PrivateKey::close);
    chain.close();
  }

  @ParameterizedTest(name = "a pool of {0} for {1} answers")
  @CsvSource({"1,1", "100,1", "25,2", "10,3", "2,3", "99,7"})
  void paidRewardsSumToThePool(long pool, int answers) {
    long question = blasq.ask(ann, "What is a block?", pool);
    assertThat(blasq.tokensOf(blasq.address())).as("paid in").isEqualTo(pool);
    List<Account> authors = new ArrayList<>();
    List<Long> accepted = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      authors.add(member());
      accepted.add(blasq.answer(authors.get(i), question, "answer " + i));
    }
    blasq.answer(bob, question, "not accepted");

    List<Blasq.Reward> paid = blasq.accept(ann, question, accepted);

    assertThat(paid).extracting(Blasq.Reward::answer).isEqualTo(accepted);
    assertThat(paid.stream().mapToLong(Blasq.Reward::tokens).sum()).isEqualTo(pool);
    assertThat(paid)
        .extracting(Blasq.Reward::tokens)
        .containsExactlyElementsOf(
            LongStream.range(0, answers)
                .mapToObj(i -> pool / answers + (i < pool % answers ? 1 : 0))
                .toList());
    for (int i = 0; i < answers; i++) {
      assertThat(blasq.tokensOf(authors.get(i).address()))
          .isEqualTo(Blasq.WELCOME + paid.get(i).tokens());
    }
    assertThat(blasq.tokensOf(blasq.address())).as("nothing is kept").isZero();
    assertThat(blasq.tokensOf(ann.address())).isEqualTo(Blasq.WELCOME - pool);
    assertThat(blasq.tokensOf(bob.address())).isEqualTo(Blasq.WELCOME);
  }

  @Test
  void onlyTheAskerAccepts() {
    long question = blasq.ask(ann, "Who may accept?", 10);
    long answer = blasq.answer(bob, question, "You alone.");
    for (Account other : List.of(bob, cho, chain.account(0))) {
      Reverted refused = refusal(() -> blasq.accept(other, question, List.of(answer)));
      assertThat(refused.is("OnlyTheAsker")).isTrue();
      assertThat(refused.arguments().orElseThrow().integer("question")).isEqualTo(question);
      assertThat(refused.arguments().orElseThrow().address("asker")).isEqualTo(ann.address());
      assertThat(refused.receipt()).as("nothing was sent").isEmpty();
    }
    assertThat(blasq.tokensOf(blasq.address())).isEqualTo(10);
    assertThat(blasq.accept(ann, question, List.of(answer))).hasSize(1);
  }

  @Test
  void aSecondAcceptIsRefused() {
    long question = blasq.ask(ann, "Once?", 10);
    long first = blasq.answer(bob, question, "Yes.");
    long second = blasq.answer(cho, question, "Once.");
    blasq.accept(ann, question, List.of(first));

    Reverted refused = refusal(() -> blasq.accept(ann, question, List.of(second)));

    assertThat(refused.is("AlreadyAccepted")).isTrue();
    assertThat(refused).hasMessage("reverted: AlreadyAccepted(question=1)");
    assertThat(blasq.tokensOf(bob.address())).isEqualTo(Blasq.WELCOME + 10);
    assertThat(blasq.tokensOf(cho.address())).isEqualTo(Blasq.WELCOME);
  }

  /** As when two of them were on their way at once: both looked well before the first was final. */
  @Test
  void aSecondAcceptInABlockFailsThere() {
    long question = blasq.ask(ann, "Once?", 10);
    long answer = blasq.answer(bob, question, "Yes.");
    Bytes accept =
        Contracts.abiOf(BlasqBoard.class)
            .function("accept")
            .encodeArguments(List.of(question, List.of(answer)));
    blasq.accept(ann, question, List.of(answer));

    Reverted refused =
        refusal(
            () ->
                ann.send(
                    300_000,
                    (head, fee) ->
                        new ExecutionTx(
                            head, fee, ann.address(), blasq.address(), Amount.ZERO, accept)));

    Receipt failed = refused.receipt().orElseThrow();
    assertThat(failed.isSuccess()).isFalse();
    assertThat(refused.with(Contracts.abiOf(BlasqBoard.class)).is("AlreadyAccepted")).isTrue();
    assertThat(blasq.tokensOf(bob.address())).isEqualTo(Blasq.WELCOME + 10);
    assertThat(ann.balance()).as("the sponsor pays for failures, too").isEqualTo(Amount.ZERO);
  }

  @Test
  void theHistoryIsVisibleInTheExplorer() {
    long question = blasq.ask(ann, "Where is it written?", 9);
    blasq.answer(bob, question, "In the blocks.");
    blasq.answer(cho, question, "In the explorer.");
    blasq.accept(ann, question, List.of(1L, 2L));

    Explorer explorer = chain.client().explorer();
    List<Receipt> newestFirst = explorer.history(blasq.address(), 4);
    assertThat(newestFirst)
        .extracting(Receipt::from)
        .containsExactly(ann.address(), cho.address(), bob.address(), ann.address());
    for (Receipt receipt : newestFirst) {
      SearchResult found = explorer.search(receipt.hash().toHex()).orElseThrow();
      assertThat(found).isInstanceOf(SearchResult.OfTransaction.class);
      assertThat(explorer.block(receipt.blockNumber()).orElseThrow().block().transactions())
          .contains(receipt.transaction());
    }
    assertThat(newestFirst.get(0).logs())
        .filteredOn(log -> log.address().equals(blasq.address()))
        .as("both rewards")
        .hasSize(2);

    List<ContractEvent> told = blasq.history(question);
    assertThat(told)
        .extracting(ContractEvent::name)
        .containsExactly("Asked", "Answered", "Answered", "Rewarded", "Rewarded");
    assertThat(told.get(0).arguments().text("text")).isEqualTo("Where is it written?");
    assertThat(told.get(2).arguments().text("text")).isEqualTo("In the explorer.");
    assertThat(told.get(3).transaction()).isEqualTo(newestFirst.get(0).hash());
    assertThat(blasq.questions()).hasSize(1);
  }

  @Test
  void membersPayNothing() {
    long question = blasq.ask(ann, "Who pays?", 10);
    blasq.accept(ann, question, List.of(blasq.answer(bob, question, "The operator.")));

    List<Receipt> sent = new ArrayList<>();
    for (Account member : List.of(ann, bob, cho)) {
      assertThat(member.balance()).isEqualTo(Amount.ZERO);
      for (Receipt receipt : chain.client().explorer().history(member.address(), 100)) {
        assertThat(receipt.from()).isEqualTo(member.address());
        assertThat(receipt.transaction().feePayer()).contains(blasq.sponsor().address());
        sent.add(receipt);
      }
    }
    assertThat(sent).as("three joined, ask, answer, accept").hasSize(6);
    assertThat(blasq.sponsor().spent())
        .isEqualTo(sent.stream().map(Receipt::fee).reduce(Amount.ZERO, Amount::plus));
  }

  @Test
  void theOperatorPaysForNothingElse() {
    assertThatThrownBy(() -> ann.send(bob.address(), Amount.ZERO))
        .isInstanceOfSatisfying(
            SponsorRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(SponsorRefusedException.Reason.RULE));
  }

  @Test
  void joiningAgainGivesNothing() {
    Account again = blasq.join(keys.get(0));
    assertThat(again.address()).isEqualTo(ann.address());
    assertThat(blasq.tokensOf(ann.address())).isEqualTo(Blasq.WELCOME);
  }

  @Test
  void everyOtherMistakeHasItsName() {
    assertThat(refusal(() -> blasq.ask(ann, "For nothing?", 0)).is("NoPool")).isTrue();
    assertThat(refusal(() -> blasq.ask(ann, "For more?", 101)))
        .hasMessage("reverted: PoolTooLarge(pool=101, balance=100)");
    assertThat(refusal(() -> blasq.answer(bob, 1, "What?")).is("UnknownQuestion")).isTrue();

    long question = blasq.ask(ann, "Which?", 10);
    assertThat(refusal(() -> blasq.answer(ann, question, "Mine!")).is("OwnQuestion")).isTrue();
    blasq.answer(bob, question, "This one.");
    blasq.answer(cho, question, "That one.");
    assertThat(acceptRefused(question).is("NothingAccepted")).isTrue();
    assertThat(acceptRefused(question, 3L).is("UnknownAnswer")).isTrue();
    assertThat(acceptRefused(question, 0L).is("NotAscending")).isTrue();
    assertThat(acceptRefused(question, 1L, 1L).is("NotAscending")).isTrue();
    assertThat(acceptRefused(question, 2L, 1L).is("NotAscending")).isTrue();
    blasq.accept(ann, question, List.of(2L));
    assertThat(refusal(() -> blasq.answer(bob, question, "Late.")).is("AlreadyAccepted")).isTrue();
  }

  private Reverted acceptRefused(long question, Long... answers) {
    return refusal(() -> blasq.accept(ann, question, List.of(answers)));
  }

  private static Reverted refusal(ThrowingCallable refused) {
    return catchThrowableOfType(Reverted.class, refused);
  }
}
