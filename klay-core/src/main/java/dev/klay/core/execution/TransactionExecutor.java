package dev.klay.core.execution;

import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.evm.KlaytnRules;
import dev.klay.core.evm.Tracer;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Amount;
import java.util.Optional;

/** Executes one transaction after the other on the state of a block. For one thread. */
public final class TransactionExecutor {
  private final StateUpdater state;
  private final BlockEnvironment block;
  private final BlockRules rules;
  private final TransactionEffects effects;

  public TransactionExecutor(StateUpdater state, BlockEnvironment block) {
    this(state, block, Tracer.NONE);
  }

  /** An executor whose machine a tracer watches. */
  public TransactionExecutor(StateUpdater state, BlockEnvironment block, Tracer tracer) {
    this.state = state;
    this.block = block;
    this.rules = block.rules();
    this.effects =
        new TransactionEffects(state, rules, KlaytnRules.of(rules), block.context(), tracer);
  }

  /** Executes it and ends the transaction in the state, or refuses and changes nothing. */
  public TxOutcome execute(SignedTx signed) {
    Tx tx = signed.tx();
    Amount price = GasPrices.effective(tx, rules, block.baseFee());
    Optional<Rejection> fault = findFault(signed, price);
    if (fault.isPresent()) {
      return new TxOutcome.Refused(signed, fault.orElseThrow());
    }
    TransactionEffects.Terms terms =
        new TransactionEffects.Terms(
            signed.sender(),
            signed.payer(),
            signed.hash(),
            tx.gas(),
            price,
            price,
            TransactionChecks.signatureGas(signed, state, rules));
    TransactionEffects.Effect effect = effects.apply(tx, terms, this::payAtOnce);
    return new TxOutcome.Executed(
        signed,
        ConsensusReceipt.of(effect.status(), effect.gasUsed(), effect.logs()),
        effect.result().flatMap(ExecutionResult::created),
        price);
  }

  /** A chain that does not defer fees pays them with each transaction. */
  private void payAtOnce(Amount fee) {
    if (rules.rewardParameters().deferredTxFee()) {
      return;
    }
    if (rules.has(Fork.MAGMA)) {
      state.addBalance(block.rewardBase(), fee.minus(burntPart(fee)));
    } else {
      state.addBalance(block.author(), fee);
    }
  }

  /** What nobody gets of a fee that is paid at once from Magma on: half of it, rounded down. */
  static Amount burntPart(Amount fee) {
    return fee.dividedBy(2);
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
        .or(() -> TransactionChecks.initCode(tx, rules));
  }

  private Optional<Rejection> checkPrice(Tx tx) {
    return rules.has(Fork.MAGMA) || rules.fixedPriceEnforced()
        ? GasPrices.check(tx, rules, block.baseFee())
        : Optional.empty();
  }
}
