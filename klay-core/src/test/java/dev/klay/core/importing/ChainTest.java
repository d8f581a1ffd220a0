package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.evm.Assembly;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.core.transaction.NewTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.Seals;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
  private static final PrivateKey ALICE = TestChain.key(1);
  private static final Address BOB = TestChain.key(2).address();

  private final TestChain test =
      new TestChain(
          ChainSpec.aspen()
              .withValidators(4)
              .withAccounts(List.of(ALICE.address()), Amount.klay(1000)));

  private SignedTx transfer(long nonce) {
    return test.transfer(ALICE, nonce, BOB, Amount.klay(1));
  }

  @Test
  void aSealedBlockMovesTheHeadAndConservesSupply() {
    test.grow(transfer(0), transfer(1));
    test.grow();

    ChainHead head = test.chain.head();
    Amount fee = Amount.klay("0.000525");
    assertThat(head.number()).isEqualTo(2);
    assertThat(head.state().balance(BOB)).isEqualTo(Amount.klay(2));
    assertThat(head.supply())
        .isEqualTo(test.chain.spec().genesis().supply().plus(Amount.klay("19.2")).minus(fee));
    Amount[] sum = {Amount.ZERO};
    head.state().forEach((key, account) -> sum[0] = sum[0].plus(account.balance()));
    assertThat(sum[0]).isEqualTo(head.supply());
  }

  /** From Cancun on a contract that destroys itself in its creation takes its balance along. */
  @Test
  void whatAContractDestroysWithItselfIsBurnt() {
    SignedTx tx =
        NewTx.deploy()
            .from(ALICE.address())
            .value(Amount.klay(3))
            .input(Assembly.of("ADDRESS SELFDESTRUCT"))
            .nonce(0)
            .gasPrice(Amount.ston(25))
            .gas(500_000)
            .sign(test.chain.spec().chainId(), ALICE);
    test.grow(tx);
    ChainHead head = test.chain.head();
    Amount[] sum = {Amount.ZERO};
    head.state().forEach((key, account) -> sum[0] = sum[0].plus(account.balance()));
    assertThat(head.supply()).isEqualTo(sum[0]);
    Amount fee = test.chain.store().block(1).orElseThrow().executed().get(0).fee();
    assertThat(head.supply())
        .isEqualTo(
            test.chain
                .spec()
                .genesis()
                .supply()
                .plus(Amount.klay("9.6"))
                .minus(fee.dividedBy(2))
                .minus(Amount.klay(3)));
  }

  @Test
  void readersKeepTheHeadTheyHold() {
    ChainHead before = test.chain.head();
    test.grow(transfer(0));
    assertThat(before.state().balance(BOB)).isEqualTo(Amount.ZERO);
    assertThat(test.chain.store().state(0).orElseThrow().balance(BOB)).isEqualTo(Amount.ZERO);
    assertThat(test.chain.store().state(1).orElseThrow().balance(BOB)).isEqualTo(Amount.klay(1));
  }

  @Test
  void aBlockThatWasMadeHereIsTheSameOnAnotherNode() {
    TestChain other = new TestChain(test.chain.spec());
    for (int i = 0; i < 3; i++) {
      Block block = test.grow(transfer(i));
      Block decoded = Block.decode(SealRule.KLAY_QBFT, block.encode());
      assertThat(other.chain.importBlock(decoded)).isEmpty();
    }
    assertThat(other.chain.head().hash()).isEqualTo(test.chain.head().hash());
    assertThat(other.chain.head().state().rootHash())
        .isEqualTo(test.chain.head().state().rootHash());
  }

  @Test
  void aBuilderLeavesOutWhatCannotBeExecuted() {
    BuiltBlock built = test.build(List.of(transfer(1), transfer(0), transfer(0)).iterator());
    assertThat(built.block().transactions()).containsExactly(transfer(0));
    assertThat(built.refused().values().stream().map(r -> r.reason()))
        .containsExactly(RejectionReason.NONCE_TOO_HIGH, RejectionReason.NONCE_TOO_LOW);
  }

  @Test
  void anotherBodyUnderTheHashOfAValidatedBlockIsRefused() {
    Block good = test.next(transfer(0));
    assertThat(test.chain.validate(good)).isEmpty();
    Block swapped = Block.of(SealRule.KLAY_QBFT, good.header(), List.of());
    assertThat(swapped.hash()).isEqualTo(good.hash());
    assertThat(test.chain.importBlock(swapped).orElseThrow().reason())
        .isEqualTo(Reason.TRANSACTIONS_ROOT);
    assertThat(test.chain.importBlock(good)).isEmpty();
  }

  @Test
  void aBlockThatIsNotTheNextIsRefused() {
    Block first = test.grow();
    assertThat(test.chain.importBlock(first).orElseThrow().reason())
        .isEqualTo(Reason.UNKNOWN_PARENT);
  }

  @Test
  void sealsOfTooFewValidatorsDoNotMakeABlockFinal() {
    Block good = test.next(transfer(0));
    ExtraData extra = good.header().extraData();
    Block unsealed = good.withExtra(extra.withCommittedSeals(extra.committedSeals().subList(0, 2)));
    assertThat(test.chain.importBlock(unsealed).orElseThrow().reason())
        .isEqualTo(Reason.COMMITTED_SEALS);
    Block otherRound = good.withExtra(extra.withRound(SealRule.KLAY_QBFT, 1));
    assertThat(test.chain.importBlock(otherRound).orElseThrow().reason())
        .isEqualTo(Reason.COMMITTED_SEALS);
    assertThat(test.chain.head().number()).isZero();
  }

  @Test
  void aStrangersProposalIsRefused() {
    Block good = test.next(transfer(0));
    ExtraData extra = good.header().extraData();
    Bytes seal = Seals.propose(ALICE, good.header().signingHash(SealRule.KLAY_QBFT));
    Block forged =
        Block.of(
            SealRule.KLAY_QBFT,
            good.header().withExtra(extra.withProposerSeal(seal)),
            good.transactions());
    assertThat(test.chain.validate(forged).orElseThrow().reason()).isEqualTo(Reason.PROPOSER_SEAL);
  }
}
