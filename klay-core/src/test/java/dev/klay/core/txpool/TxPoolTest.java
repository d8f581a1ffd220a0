package dev.klay.core.txpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.TestChain;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.NewTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxPoolTest {
  private static final PrivateKey ALICE = TestChain.key(1);
  private static final PrivateKey CAROL = TestChain.key(3);
  private static final Address BOB = TestChain.key(2).address();
  private static final PrivateKey[] POOR = {
    TestChain.key(11), TestChain.key(12), TestChain.key(13), TestChain.key(14), TestChain.key(15)
  };
  private static final PoolLimits SMALL =
      new PoolLimits(2, 4, 3, 2, Duration.ofMinutes(5), Duration.ofHours(3), 1000, false);

  private final TestChain test =
      new TestChain(
          ChainSpec.aspen()
              .withValidators(1)
              .withAccounts(List.of(ALICE.address(), CAROL.address()), Amount.klay(1000))
              .withAccounts(Arrays.stream(POOR).map(PrivateKey::address).toList(), Amount.klay(2)));
  private Instant now = Instant.EPOCH;
  private final InstantSource clock = () -> now;
  private final TxPool pool = pool(SMALL);

  private TxPool pool(PoolLimits limits) {
    Chain chain = test.chain;
    return new TxPool(
        limits,
        clock,
        chain.head().state(),
        chain.rulesAfter(chain.head()),
        chain.nextBaseFee(chain.head()));
  }

  private SignedTx transfer(PrivateKey from, long nonce) {
    return test.transfer(from, nonce, BOB, Amount.klay(1));
  }

  private void assertTaken(SignedTx tx) {
    assertThat(pool.add(tx)).isEmpty();
  }

  private void assertRefused(SignedTx tx, RejectionReason reason) {
    assertThat(pool.add(tx).map(r -> r.reason())).contains(reason);
  }

  private List<SignedTx> candidates() {
    List<SignedTx> list = new ArrayList<>();
    pool.candidates().forEachRemaining(list::add);
    return list;
  }

  @Test
  void transactionsWaitByArrivalAndOfOneAccountByNonce() {
    assertTaken(transfer(ALICE, 1));
    assertTaken(transfer(CAROL, 0));
    assertTaken(transfer(ALICE, 0));
    assertThat(candidates())
        .containsExactly(transfer(CAROL, 0), transfer(ALICE, 0), transfer(ALICE, 1));
    assertThat(pool.nextNonce(ALICE.address())).isEqualTo(2);
    assertThat(pool.readyCount()).isEqualTo(3);
  }

  @Test
  void aGapOfNoncesIsNotReady() {
    assertTaken(transfer(ALICE, 0));
    assertTaken(transfer(ALICE, 2));
    assertThat(candidates()).containsExactly(transfer(ALICE, 0));
    assertThat(pool.queuedCount()).isEqualTo(1);
    assertTaken(transfer(ALICE, 1));
    assertThat(candidates()).hasSize(3);
    assertThat(pool.queuedCount()).isZero();
  }

  @Test
  void theSameTransactionIsTakenOnce() {
    assertTaken(transfer(ALICE, 0));
    assertRefused(transfer(ALICE, 0), RejectionReason.ALREADY_KNOWN);
  }

  @Test
  void aHigherPriceOrACancelReplacesWhatHasTheSameNonce() {
    assertTaken(transfer(ALICE, 0));
    assertRefused(test.transfer(ALICE, 0, BOB, Amount.klay(2)), RejectionReason.SAME_NONCE);
    SignedTx raised = legacy(0, Amount.ston(26));
    assertTaken(raised);
    assertThat(candidates()).containsExactly(raised);
    assertThat(pool.find(transfer(ALICE, 0).hash())).isEmpty();

    SignedTx cancel =
        SignedTx.sign(
            new CancelTx(
                new TxHead(0, Amount.ston(25), 21_000), FeeDelegation.NONE, ALICE.address()),
            test.chain.spec().chainId(),
            ALICE);
    assertTaken(cancel);
    assertThat(candidates()).containsExactly(cancel);
  }

  private SignedTx legacy(long nonce, Amount price) {
    return legacyOf(ALICE, nonce, price);
  }

  private SignedTx legacyOf(PrivateKey sender, long nonce, Amount price) {
    return NewTx.legacy()
        .to(BOB)
        .noValue()
        .noInput()
        .nonce(nonce)
        .gasPrice(price)
        .gas(21_000)
        .sign(test.chain.spec().chainId(), sender);
  }

  @Test
  void whatWaitsForAnEarlierNonceIsLimited() {
    assertTaken(transfer(ALICE, 2));
    assertTaken(transfer(ALICE, 3));
    assertRefused(transfer(ALICE, 4), RejectionReason.ACCOUNT_LIMIT);
    assertTaken(transfer(CAROL, 5));
    assertRefused(transfer(CAROL, 6), RejectionReason.POOL_FULL);
  }

  /** Four slots are for what is ready, two of them each account's own. */
  @Test
  void anAccountWithMoreThanItsShareMakesRoom() {
    for (int i = 0; i < 4; i++) {
      assertTaken(transfer(CAROL, i));
    }
    assertRefused(transfer(CAROL, 4), RejectionReason.POOL_FULL);
    assertTaken(transfer(ALICE, 0));
    assertTaken(transfer(ALICE, 1));
    assertThat(pool.ofSender(CAROL.address()))
        .containsExactly(transfer(CAROL, 0), transfer(CAROL, 1));
    assertThat(pool.readyCount()).isEqualTo(4);
    assertRefused(transfer(ALICE, 2), RejectionReason.POOL_FULL);
  }

  /** Klaytn's rule: only a missing nonce comes in, and its account's last one goes. */
  @Test
  void aFullPoolTakesAMissingNonceInPlaceOfTheLast() {
    assertTaken(transfer(ALICE, 1));
    assertTaken(transfer(ALICE, 2));
    assertTaken(transfer(CAROL, 1));
    for (int i = 0; i < 4; i++) {
      assertTaken(test.transfer(POOR[i], 0, BOB, Amount.klay(1)));
    }
    assertThat(pool.add(test.transfer(POOR[4], 0, BOB, Amount.klay(1))).orElseThrow().nodeMessage())
        .isEqualTo("txpool is full: 7");
    assertThat(pool.add(transfer(ALICE, 3)).orElseThrow().nodeMessage())
        .isEqualTo("txpool is full and the new tx does not have missing nonce: 7");
    assertThat(pool.addLocal(transfer(ALICE, 0)).orElseThrow().nodeMessage())
        .isEqualTo("txpool is full: 7");
    assertTaken(transfer(ALICE, 0));
    assertThat(pool.ofSender(ALICE.address()))
        .containsExactly(transfer(ALICE, 0), transfer(ALICE, 1));
  }

  @Test
  void aLargeTransactionTakesSeveralSlots() {
    TxPool large = pool(PoolLimits.DEFAULT);
    assertThat(large.add(data(70_000))).isEmpty();
    assertThat(new PooledTx(data(70_000), ALICE.address(), 0, now).slots()).isEqualTo(3);
    assertThat(new PooledTx(data(10), ALICE.address(), 0, now).slots()).isEqualTo(1);
    assertRefused(data(1000), RejectionReason.OVERSIZED);
  }

  private SignedTx data(int size) {
    return NewTx.legacy()
        .to(BOB)
        .noValue()
        .input(Bytes.wrap(new byte[size]))
        .nonce(0)
        .gasPrice(Amount.ston(25))
        .gas(10_000_000)
        .sign(test.chain.spec().chainId(), ALICE);
  }

  @Test
  void dataAnchoringComesFromPeersAndHereOnlyIfAllowed() {
    SignedTx anchoring =
        NewTx.anchoring()
            .from(ALICE.address())
            .data(Bytes.of((byte) 1))
            .nonce(0)
            .gasPrice(Amount.ston(25))
            .gas(100_000)
            .sign(test.chain.spec().chainId(), ALICE);
    assertThat(pool.addLocal(anchoring).orElseThrow().nodeMessage())
        .isEqualTo("locally anchoring chaindata tx is not allowed in this node");
    assertThat(pool(SMALL.withAnchoring()).addLocal(anchoring)).isEmpty();
    assertTaken(anchoring);
  }

  @Test
  void whatOffersLessThanTheBaseFeeWaitsForItToFall() {
    assertTaken(transfer(ALICE, 0));
    assertTaken(legacyOf(CAROL, 0, Amount.ston(30)));
    Chain chain = test.chain;
    pool.advance(chain.head().state(), chain.rulesAfter(chain.head()), Amount.ston(28), List.of());
    assertThat(candidates()).containsExactly(legacyOf(CAROL, 0, Amount.ston(30)));
    assertThat(pool.readyCount()).isEqualTo(1);
    advance();
    assertThat(candidates()).hasSize(2);
  }

  @Test
  void anAccountThatGetsAnotherKeyLosesWhatItsOldOneSigned() {
    SignedTx update =
        NewTx.accountUpdate()
            .from(ALICE.address())
            .key(new AccountKeyPublic(CAROL.publicKey()))
            .nonce(0)
            .gasPrice(Amount.ston(25))
            .gas(100_000)
            .sign(test.chain.spec().chainId(), ALICE);
    assertTaken(update);
    assertTaken(transfer(ALICE, 1));
    test.grow(update);
    advance();
    assertThat(pool.ofSender(ALICE.address())).isEmpty();
  }

  @Test
  void fromKaiaOnThoseThatOfferMoreComeFirst() {
    Chain chain = test.chain;
    BlockRules now = chain.rulesAfter(chain.head());
    BlockRules kaia =
        new BlockRules(
            now.chainId(),
            now.number(),
            ForkSchedule.allFromGenesis(Fork.KAIA),
            now.parameters(),
            now.rewardParameters(),
            true);
    pool.advance(chain.head().state(), kaia, Amount.ston(25), List.of());
    assertTaken(transfer(ALICE, 0));
    assertTaken(legacyOf(CAROL, 0, Amount.ston(30)));
    assertThat(candidates())
        .containsExactly(legacyOf(CAROL, 0, Amount.ston(30)), transfer(ALICE, 0));
  }

  @Test
  void includedTransactionsLeaveAndTheNextAreReady() {
    assertTaken(transfer(ALICE, 0));
    assertTaken(transfer(ALICE, 1));
    test.grow(transfer(ALICE, 0));
    advance();
    assertThat(candidates()).containsExactly(transfer(ALICE, 1));
    assertRefused(transfer(ALICE, 0), RejectionReason.NONCE_TOO_LOW);
  }

  private void advance() {
    Chain chain = test.chain;
    ChainHead head = chain.head();
    pool.advance(
        head.state(), chain.rulesAfter(head), chain.nextBaseFee(head), head.block().transactions());
  }

  @Test
  void whatWaitsTooLongForAnEarlierNonceIsDropped() {
    assertTaken(transfer(ALICE, 0));
    assertTaken(transfer(ALICE, 2));
    now = now.plus(Duration.ofMinutes(6));
    advance();
    assertThat(pool.queuedCount()).isZero();
    assertThat(pool.readyCount()).isEqualTo(1);
    now = now.plus(Duration.ofHours(3));
    advance();
    assertThat(pool.readyCount()).isZero();
    assertThat(pool.ofSender(ALICE.address())).isEmpty();
  }

  @Test
  void accountsThatSubmitHereKeepWhatTheyHaveWhereThePoolIsToldSo() {
    TxPool keeping = pool(SMALL.keepingLocals());
    assertThat(keeping.addLocal(transfer(ALICE, 2))).isEmpty();
    assertThat(keeping.add(transfer(CAROL, 2))).isEmpty();
    now = now.plus(Duration.ofMinutes(6));
    Chain chain = test.chain;
    keeping.advance(
        chain.head().state(), chain.rulesAfter(chain.head()), Amount.ston(25), List.of());
    assertThat(keeping.ofSender(ALICE.address())).hasSize(1);
    assertThat(keeping.ofSender(CAROL.address())).isEmpty();
  }

  @Test
  void whatABlockRefusedLeavesAndWhatFollowsItWaits() {
    for (int i = 0; i < 3; i++) {
      assertTaken(transfer(ALICE, i));
    }
    pool.remove(List.of(transfer(ALICE, 1)));
    assertThat(candidates()).containsExactly(transfer(ALICE, 0));
    assertThat(pool.queuedCount()).isEqualTo(1);
  }

  @Test
  void aPoorSenderIsRefused() {
    PrivateKey poor = TestChain.key(9);
    assertRefused(transfer(poor, 0), RejectionReason.INSUFFICIENT_FUNDS);
    assertRefused(legacy(0, Amount.ston(24)), RejectionReason.PRICE_BELOW_BASE_FEE);
  }
}
