package dev.klay.core.txpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.importing.TestChain;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TxPoolTest {
  private static final PrivateKey ALICE = TestChain.key(1);
  private static final PrivateKey CAROL = TestChain.key(3);
  private static final Address BOB = TestChain.key(2).address();
  private static final PoolLimits SMALL =
      new PoolLimits(4, 3, 2, Duration.ofMinutes(5), Duration.ofHours(3), 1000, false);

  private final TestChain test =
      new TestChain(
          ChainSpec.aspen()
              .withValidators(1)
              .withAccounts(List.of(ALICE.address(), CAROL.address()), Amount.klay(1000)));
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
    return SignedTx.sign(
        new LegacyTx(new TxHead(nonce, price, 21_000), Optional.of(BOB), Amount.ZERO, Bytes.EMPTY),
        test.chain.spec().chainId(),
        ALICE);
  }

  @Test
  void limitsHoldForAccountsAndInTotal() {
    assertTaken(transfer(ALICE, 2));
    assertTaken(transfer(ALICE, 3));
    assertRefused(transfer(ALICE, 4), RejectionReason.ACCOUNT_LIMIT);
    assertTaken(transfer(CAROL, 5));
    assertRefused(transfer(CAROL, 6), RejectionReason.POOL_FULL);
    for (int i = 0; i < 4; i++) {
      assertTaken(transfer(CAROL, i));
    }
    assertRefused(transfer(ALICE, 0), RejectionReason.POOL_FULL);
    SignedTx large =
        SignedTx.sign(
            new LegacyTx(
                new TxHead(0, Amount.ston(25), 200_000),
                Optional.of(BOB),
                Amount.ZERO,
                Bytes.wrap(new byte[1000])),
            test.chain.spec().chainId(),
            ALICE);
    assertRefused(large, RejectionReason.OVERSIZED);
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
