package dev.klay.core.execution;

import dev.klay.core.account.AccountKey;
import dev.klay.core.account.KeyUpdateError;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.util.List;
import java.util.Optional;

/** Executes one transaction after the other on the state of a block. For one thread. */
public final class TransactionExecutor {
  private final StateUpdater state;
  private final BlockEnvironment block;
  private final BlockRules rules;

  public TransactionExecutor(StateUpdater state, BlockEnvironment block) {
    this.state = state;
    this.block = block;
    this.rules = block.rules();
  }

  /** Executes it and ends the transaction in the state, or refuses and changes nothing. */
  public TxOutcome execute(SignedTx signed) {
    Tx tx = signed.tx();
    Amount price = GasPrices.effective(tx, rules, block.baseFee());
    Optional<Rejection> fault = findFault(signed, price);
    if (fault.isPresent()) {
      return new TxOutcome.Refused(signed, fault.orElseThrow());
    }
    FeeShare prepaid = FeeShare.of(signed, price.times(tx.gas()));
    state.subtractBalance(signed.sender(), prepaid.sender());
    state.subtractBalance(signed.payer(), prepaid.payer());
    long intrinsic =
        TransactionChecks.signatureGas(signed, state, rules)
            + Math.max(IntrinsicGas.of(tx, rules), IntrinsicGas.floor(tx, rules));
    ConsensusReceipt receipt = run(signed, intrinsic);
    FeeShare refund = FeeShare.of(signed, price.times(tx.gas() - receipt.gasUsed()));
    state.addBalance(signed.sender(), refund.sender());
    state.addBalance(signed.payer(), refund.payer());
    state.finishTransaction(true);
    return new TxOutcome.Executed(signed, receipt, Optional.empty(), price);
  }

  /** The order is Klaytn's, so that the reason is the one its nodes would give. */
  private Optional<Rejection> findFault(SignedTx signed, Amount price) {
    Tx tx = signed.tx();
    return TransactionChecks.chain(signed, rules)
        .or(() -> checkPrice(tx))
        .or(() -> TransactionChecks.type(tx, state, rules))
        .or(() -> TransactionChecks.sender(signed, state, rules))
        .or(() -> TransactionChecks.feePayer(signed, state, rules))
        .or(() -> TransactionChecks.nonce(signed, state))
        .or(() -> TransactionChecks.funds(signed, state, price))
        .or(() -> TransactionChecks.gas(signed, state, rules))
        .or(() -> TransactionChecks.initCode(tx, rules))
        .or(() -> checkContracts(tx));
  }

  private Optional<Rejection> checkPrice(Tx tx) {
    return rules.has(Fork.MAGMA) || rules.fixedPriceEnforced()
        ? GasPrices.check(tx, rules, block.baseFee())
        : Optional.empty();
  }

  private Optional<Rejection> checkContracts(Tx tx) {
    boolean runsCode =
        IntrinsicGas.isCreation(tx) || tx.to().filter(to -> !state.code(to).isEmpty()).isPresent();
    return runsCode
        ? Optional.of(Rejection.of(RejectionReason.CONTRACTS_UNAVAILABLE))
        : Optional.empty();
  }

  private ConsensusReceipt run(SignedTx signed, long intrinsic) {
    Tx tx = signed.tx();
    Address sender = signed.sender();
    state.setNonce(sender, tx.nonce() + 1);
    if (tx instanceof AccountUpdateTx update) {
      return ConsensusReceipt.of(updateKey(update), intrinsic, List.of());
    }
    if (!(tx instanceof CancelTx || tx instanceof AnchoringTx)) {
      transfer(sender, tx.to().orElseThrow(), tx.value());
    }
    return ConsensusReceipt.of(ConsensusReceipt.SUCCESS, intrinsic, List.of());
  }

  private int updateKey(AccountUpdateTx update) {
    AccountKey old = state.key(update.from());
    Optional<KeyUpdateError> error = old.checkReplaceable(update.key());
    if (error.isPresent()) {
      return error.orElseThrow().receiptStatus();
    }
    state.setKey(update.from(), old.replacedBy(update.key()));
    return ConsensusReceipt.SUCCESS;
  }

  /** A call of an account that has no code: nothing is created for the value zero. */
  private void transfer(Address from, Address to, Amount value) {
    if (value.isZero() && !state.exists(to)) {
      return;
    }
    state.subtractBalance(from, value);
    state.addBalance(to, value);
  }
}
