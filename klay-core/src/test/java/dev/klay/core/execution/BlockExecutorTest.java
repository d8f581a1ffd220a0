package dev.klay.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockExecutorTest {
  private static final long CHAIN = 1000;
  private static final Amount PRICE = Amount.ston(25);
  private static final PrivateKey ALICE = key(1);
  private static final PrivateKey SPONSOR = key(2);
  private static final Address BOB = Address.parse("0x00000000000000000000000000000000000b0b00");
  private static final Address PROPOSER =
      Address.parse("0x0000000000000000000000000000000000707070");
  private static final Amount REWARD = Amount.klay("9.6");

  private final WorldState genesis = genesis();

  @Test
  void aTransferMovesTheValueAndCostsTheFixedFee() {
    BlockExecutor block = block();
    TxOutcome.Executed done = executed(block.execute(transfer(0, Amount.klay(1))));
    BlockOutcome outcome = block.finish(StakingInfo.NONE);

    Amount fee = Amount.klay("0.000525");
    assertThat(done.fee()).isEqualTo(fee);
    assertThat(done.receipt().gasUsed()).isEqualTo(21_000);
    assertThat(outcome.state().balance(BOB)).isEqualTo(Amount.klay(1));
    assertThat(outcome.state().balance(ALICE.address())).isEqualTo(Amount.klay(99).minus(fee));
    assertThat(outcome.state().nonce(ALICE.address())).isEqualTo(1);
    assertThat(outcome.state().balance(PROPOSER)).isEqualTo(REWARD.plus(fee.dividedBy(2)));
    assertThat(outcome.burnt()).isEqualTo(fee.dividedBy(2));
    assertThat(outcome.minted()).isEqualTo(REWARD);
    assertThat(supply(outcome.state()))
        .isEqualTo(supply(genesis).plus(outcome.minted()).minus(outcome.burnt()));
  }

  @Test
  void aHigherPriceIsTakenAndNotCharged() {
    Tx tx =
        new ValueTransferTx(
            new TxHead(0, Amount.ston(750), 30_000),
            FeeDelegation.NONE,
            ALICE.address(),
            BOB,
            Amount.klay(1));
    TxOutcome.Executed done = executed(block().execute(SignedTx.sign(tx, CHAIN, ALICE)));
    assertThat(done.fee()).isEqualTo(Amount.klay("0.000525"));
  }

  @Test
  void senderAndFeePayerShareTheFeeByTheRatio() {
    Tx tx =
        new ValueTransferTx(
            new TxHead(0, PRICE, 50_000),
            FeeDelegation.ratio(30),
            ALICE.address(),
            BOB,
            Amount.ZERO);
    SignedTx signed =
        SignedTx.signDelegated(
            (ValueTransferTx) tx, CHAIN, List.of(ALICE), SPONSOR.address(), List.of(SPONSOR));
    BlockExecutor block = block();
    Amount fee = executed(block.execute(signed)).fee();
    WorldState after = block.finish(StakingInfo.NONE).state();

    assertThat(fee).isEqualTo(PRICE.times(36_000));
    Amount ofSponsor = fee.times(30).dividedBy(100);
    assertThat(after.balance(SPONSOR.address())).isEqualTo(Amount.klay(100).minus(ofSponsor));
    assertThat(after.balance(ALICE.address()))
        .isEqualTo(Amount.klay(100).minus(fee.minus(ofSponsor)));
    assertThat(after.exists(BOB)).isFalse();
  }

  @Test
  void anAccountUpdateHandsTheAccountToAnotherKey() {
    BlockExecutor block = block();
    AccountKey fresh = new AccountKeyPublic(SPONSOR.publicKey());
    Tx update =
        new AccountUpdateTx(
            new TxHead(0, PRICE, 100_000), FeeDelegation.NONE, ALICE.address(), fresh);
    assertThat(executed(block.execute(SignedTx.sign(update, CHAIN, ALICE))).receipt().gasUsed())
        .isEqualTo(41_000);

    Tx cancel = new CancelTx(new TxHead(1, PRICE, 21_000), FeeDelegation.NONE, ALICE.address());
    assertThat(reason(block.execute(SignedTx.sign(cancel, CHAIN, ALICE))))
        .isEqualTo(RejectionReason.INVALID_SENDER);
    assertThat(executed(block.execute(SignedTx.sign(cancel, CHAIN, SPONSOR))).receipt().status())
        .isEqualTo(1);
    Tx legacy =
        new LegacyTx(new TxHead(2, PRICE, 21_000), Optional.of(BOB), Amount.ZERO, Bytes.EMPTY);
    assertThat(reason(block.execute(SignedTx.sign(legacy, CHAIN, ALICE))))
        .isEqualTo(RejectionReason.INVALID_SENDER);
    assertThat(block.finish(StakingInfo.NONE).state().key(ALICE.address())).isEqualTo(fresh);
  }

  @Test
  void aRefusedTransactionNamesItsReasonAndChangesNothing() {
    BlockExecutor block = block();
    assertRefused(block, transfer(1, Amount.ZERO), RejectionReason.NONCE_TOO_HIGH);
    assertRefused(block, transfer(0, Amount.klay(100)), RejectionReason.INSUFFICIENT_FUNDS);
    assertRefused(
        block, signed(0, PRICE, 20_999, ALICE, CHAIN), RejectionReason.INTRINSIC_GAS_TOO_LOW);
    assertRefused(
        block,
        signed(0, Amount.ston(24), 21_000, ALICE, CHAIN),
        RejectionReason.PRICE_BELOW_BASE_FEE);
    assertRefused(
        block, signed(0, PRICE, 21_000, ALICE, CHAIN + 1), RejectionReason.INVALID_CHAIN_ID);
    assertRefused(block, signed(0, PRICE, 21_000, SPONSOR, CHAIN), RejectionReason.INVALID_SENDER);
    Tx toPrecompile =
        new LegacyTx(
            new TxHead(0, PRICE, 30_000),
            Optional.of(Address.parse("0x00000000000000000000000000000000000003ff")),
            Amount.ZERO,
            Bytes.EMPTY);
    assertRefused(
        block, SignedTx.sign(toPrecompile, CHAIN, ALICE), RejectionReason.RESERVED_ADDRESS);

    executed(block.execute(transfer(0, Amount.ZERO)));
    assertRefused(block, transfer(0, Amount.ZERO), RejectionReason.NONCE_TOO_LOW);
    WorldState after = block.finish(StakingInfo.NONE).state();
    assertThat(after.nonce(ALICE.address())).isEqualTo(1);
    assertThat(after.balance(ALICE.address()))
        .isEqualTo(Amount.klay(100).minus(Amount.klay("0.000525")));
  }

  @Test
  void aValueThatNobodyCanOwnIsRefused() {
    Amount all = Amount.peb(UInt256.MAX);
    assertRefused(block(), transfer(0, all), RejectionReason.INSUFFICIENT_FUNDS);
    Tx endless =
        new LegacyTx(new TxHead(0, PRICE, Long.MAX_VALUE), Optional.of(BOB), all, Bytes.EMPTY);
    assertRefused(
        block(), SignedTx.sign(endless, CHAIN, ALICE), RejectionReason.INSUFFICIENT_FUNDS);
  }

  @Test
  void beforeMagmaAnotherPriceThanTheUnitPriceIsRefused() {
    BlockExecutor block = block(ForkSchedule.allFromGenesis(Fork.ETH_TX_TYPE));
    assertRefused(
        block,
        signed(0, Amount.ston(26), 21_000, ALICE, CHAIN),
        RejectionReason.INVALID_UNIT_PRICE);
    executed(block.execute(transfer(0, Amount.klay(1))));
    BlockOutcome outcome = block.finish(StakingInfo.NONE);
    assertThat(outcome.burnt()).isEqualTo(Amount.ZERO);
    assertThat(outcome.state().balance(PROPOSER)).isEqualTo(REWARD.plus(Amount.klay("0.000525")));
  }

  private static void assertRefused(BlockExecutor block, SignedTx tx, RejectionReason expected) {
    assertThat(reason(block.execute(tx))).isEqualTo(expected);
  }

  private static RejectionReason reason(TxOutcome outcome) {
    assertThat(outcome).isInstanceOf(TxOutcome.Refused.class);
    return ((TxOutcome.Refused) outcome).rejection().reason();
  }

  private static TxOutcome.Executed executed(TxOutcome outcome) {
    assertThat(outcome).isInstanceOf(TxOutcome.Executed.class);
    return (TxOutcome.Executed) outcome;
  }

  private static SignedTx transfer(long nonce, Amount value) {
    Tx tx =
        new ValueTransferTx(
            new TxHead(nonce, PRICE, 21_000), FeeDelegation.NONE, ALICE.address(), BOB, value);
    return SignedTx.sign(tx, CHAIN, ALICE);
  }

  private static SignedTx signed(
      long nonce, Amount price, long gas, PrivateKey signer, long chainId) {
    Tx tx =
        new ValueTransferTx(
            new TxHead(nonce, price, gas),
            FeeDelegation.NONE,
            ALICE.address(),
            BOB,
            Amount.klay(1));
    return SignedTx.sign(tx, chainId, signer);
  }

  private BlockExecutor block() {
    return block(ForkSchedule.allFromGenesis(Fork.CANCUN));
  }

  private BlockExecutor block(ForkSchedule forks) {
    Map<GovernanceKey, JsonNode> named = new EnumMap<>(GovernanceKey.class);
    named.put(GovernanceKey.MINTING_AMOUNT, TextNode.valueOf("9600000000000000000"));
    named.put(GovernanceKey.DEFERRED_TX_FEE, BooleanNode.TRUE);
    named.put(GovernanceKey.UNIT_PRICE, TextNode.valueOf("25000000000"));
    GovernanceParameters parameters = GovernanceParameters.DEFAULT.with(named);
    BlockRules rules = new BlockRules(CHAIN, 1, forks, parameters, parameters, true);
    return new BlockExecutor(
        genesis,
        new BlockEnvironment(
            rules, PROPOSER, PROPOSER, 1, PRICE, UInt256.ONE, number -> Hash.ZERO));
  }

  private static WorldState genesis() {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    updater.addBalance(ALICE.address(), Amount.klay(100));
    updater.addBalance(SPONSOR.address(), Amount.klay(100));
    return updater.build(false);
  }

  private static Amount supply(WorldState state) {
    Amount[] sum = {Amount.ZERO};
    state.forEach((key, account) -> sum[0] = sum[0].plus(account.balance()));
    return sum[0];
  }

  private static PrivateKey key(int number) {
    return PrivateKey.of(Keccak256.hash(new byte[] {(byte) number}).toArray());
  }
}
