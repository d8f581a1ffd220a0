package dev.klay.core.execution;

import dev.klay.core.account.AccountKey;
import dev.klay.core.account.KeyUpdateError;
import dev.klay.core.block.ConsensusReceipt;
import dev.klay.core.block.Log;
import dev.klay.core.config.BlockRules;
import dev.klay.core.evm.Authorization;
import dev.klay.core.evm.BlockContext;
import dev.klay.core.evm.EvmRules;
import dev.klay.core.evm.ExecutionResult;
import dev.klay.core.evm.GasBudget;
import dev.klay.core.evm.Message;
import dev.klay.core.evm.Tracer;
import dev.klay.core.evm.TxContext;
import dev.klay.core.evm.TxExecution;
import dev.klay.core.evm.TxMessage;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.SetCodeTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What transactions do once they are accepted, signed or not: the fee is taken, what the kind asks
 * for is done, and what was not used is given back. For one thread.
 */
public final class TransactionEffects {
  private static final int REVERTED = 0x09;

  private final StateUpdater state;
  private final BlockRules rules;
  private final TxExecution machine;
  private final Tracer tracer;
  private final GasBudget budget;

  /**
   * Effects on a state.
   *
   * @param machineRules of the block, perhaps without its limit of the computation cost
   */
  public TransactionEffects(
      StateUpdater state,
      BlockRules rules,
      EvmRules machineRules,
      BlockContext block,
      Tracer tracer) {
    this(state, rules, machineRules, block, tracer, GasBudget.UNLIMITED);
  }

  /** The same within a budget; where that is spent, the state is of no use. */
  public TransactionEffects(
      StateUpdater state,
      BlockRules rules,
      EvmRules machineRules,
      BlockContext block,
      Tracer tracer,
      GasBudget budget) {
    this.state = state;
    this.rules = rules;
    this.machine = new TxExecution(machineRules, state, block);
    this.tracer = tracer;
    this.budget = budget;
  }

  /**
   * Who sends a transaction and what it was accepted for.
   *
   * @param payer the sender, where nobody else pays
   * @param gas limit; covers the intrinsic gas
   * @param gasPrice what the code sees
   * @param charged for a unit of gas: the same, or nothing for a call that is no transaction
   * @param signatureGas for checking the signatures, part of the intrinsic gas
   */
  public record Terms(
      Address sender,
      Address payer,
      Hash hash,
      long gas,
      Amount gasPrice,
      Amount charged,
      long signatureGas) {}

  /**
   * What became of it.
   *
   * @param status 1 for success, else Klaytn's number of the reason
   * @param gasUsed after refunds
   * @param refunded of the gas used before; negative where a floor was due
   * @param result of the machine; empty for kinds that run no code
   */
  public record Effect(int status, long gasUsed, long refunded, Optional<ExecutionResult> result) {
    public List<Log> logs() {
      return result.map(ExecutionResult::logs).orElse(List.of());
    }
  }

  /** Does what an accepted transaction does, and ends it in the state; nobody gets the fee. */
  public Effect apply(Tx tx, Terms terms) {
    return apply(tx, terms, fee -> {});
  }

  /**
   * Does what an accepted transaction does, and ends it in the state.
   *
   * @param feeTaker gets the fee while the transaction is not yet ended: who self-destructed in it
   *     loses the fee, too
   */
  public Effect apply(Tx tx, Terms terms, Consumer<Amount> feeTaker) {
    FeeShare prepaid = FeeShare.of(tx, terms.charged().times(terms.gas()));
    state.subtractBalance(terms.sender(), prepaid.sender());
    state.subtractBalance(terms.payer(), prepaid.payer());
    Effect effect = run(tx, terms);
    FeeShare refund = FeeShare.of(tx, terms.charged().times(terms.gas() - effect.gasUsed()));
    state.addBalance(terms.sender(), refund.sender());
    state.addBalance(terms.payer(), refund.payer());
    feeTaker.accept(terms.charged().times(effect.gasUsed()));
    state.finishTransaction(true);
    return effect;
  }

  private Effect run(Tx tx, Terms terms) {
    long intrinsic = terms.signatureGas() + IntrinsicGas.of(tx, rules);
    long floorOfTx = IntrinsicGas.floor(tx, rules);
    long floor = floorOfTx == 0 ? 0 : floorOfTx + terms.signatureGas();
    if (tx instanceof AccountUpdateTx || tx instanceof CancelTx || tx instanceof AnchoringTx) {
      state.setNonce(terms.sender(), state.nonce(terms.sender()) + 1);
      int status =
          tx instanceof AccountUpdateTx update ? updateKey(update) : ConsensusReceipt.SUCCESS;
      return new Effect(status, Math.max(intrinsic, floor), 0, Optional.empty());
    }
    return runMessage(tx, terms, intrinsic, floor);
  }

  private Effect runMessage(Tx tx, Terms terms, long intrinsic, long floor) {
    Message message = new Message(terms.sender(), tx.to(), tx.value(), tx.input(), terms.gas());
    TxContext context =
        new TxContext(
            terms.sender(), terms.payer(), terms.gasPrice().peb(), terms.hash(), List.of());
    TxMessage whole =
        new TxMessage(
            message, intrinsic, floor, IntrinsicGas.accessListOf(tx), authorizationsOf(tx));
    TxExecution.Outcome outcome = machine.run(context, whole, tracer, budget);
    return new Effect(
        status(outcome.result()),
        outcome.gasUsed(),
        outcome.refunded(),
        Optional.of(outcome.result()));
  }

  /** Who wants to run whose code (EIP-7702); only the type for that has any. */
  private static List<Authorization> authorizationsOf(Tx tx) {
    return tx instanceof SetCodeTx setCode
        ? setCode.authorizations().stream()
            .map(a -> new Authorization(a.chainId(), a.address(), a.nonce(), a.authority()))
            .toList()
        : List.of();
  }

  /** Klaytn's number of how a message ended ({@code klaytn-evm.md} section 5). */
  private static int status(ExecutionResult result) {
    return switch (result.status()) {
      case SUCCESS -> ConsensusReceipt.SUCCESS;
      case REVERT -> REVERTED;
      case HALT -> result.halt().orElseThrow().receiptStatus();
    };
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
}
