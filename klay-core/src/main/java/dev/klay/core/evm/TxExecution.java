package dev.klay.core.evm;

import dev.klay.core.state.StateUpdater;
import dev.klay.core.transaction.AccessList;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;

/**
 * The part of a transaction that the machine does, the same on Ethereum and Klaytn: raises the
 * nonce, warms what is known to be touched, delegates, runs the message, counts the gas. Who pays
 * what for the gas is the caller's business, and so is ending the transaction in the state.
 */
public final class TxExecution {
  private final EvmRules rules;
  private final StateUpdater state;
  private final BlockContext block;

  public TxExecution(EvmRules rules, StateUpdater state, BlockContext block) {
    this.rules = rules;
    this.state = state;
    this.block = block;
  }

  /**
   * What it came to.
   *
   * @param gasUsed after refunds, intrinsic gas included
   * @param refunded of the gas used before
   */
  public record Outcome(ExecutionResult result, long gasUsed, long refunded) {}

  /** Runs a transaction whose sender owns the value. */
  public Outcome run(TxContext context, TxMessage tx, Tracer tracer) {
    return run(context, tx, tracer, GasBudget.UNLIMITED);
  }

  /**
   * Runs a transaction whose sender owns the value.
   *
   * @param budget which the intrinsic gas does not count against
   * @throws BudgetSpentException if it is spent; the state is of no use then
   */
  public Outcome run(TxContext context, TxMessage tx, Tracer tracer, GasBudget budget) {
    tracer.onTransactionStart(block, context, tx);
    Message message = tx.message();
    if (message.to().isPresent()) { // a creation raises the nonce itself
      state.setNonce(message.from(), state.nonce(message.from()) + 1);
    }
    if (rules.accessCosts && !isPlainTransfer(tx, tracer)) {
      warm(context, tx);
    }
    long refund =
        rules.delegation
            ? new Delegations(rules, state, block.chainId()).apply(tx.authorizations())
            : 0;
    if (rules.delegation) {
      message.to().ifPresent(this::warmDelegate);
    }
    long limit = message.gas();
    Message paid = message.withGas(limit - tx.intrinsicGas());
    ExecutionResult result = Evm.run(rules, state, block, context, paid, tracer, budget);
    Outcome outcome = settle(result, limit, refund + result.refund(), tx.floorGas());
    tracer.onTransactionEnd(outcome);
    return outcome;
  }

  /** Whether no code will run, so that nobody asks what is warm. */
  private boolean isPlainTransfer(TxMessage tx, Tracer tracer) {
    return tracer == Tracer.NONE
        && tx.authorizations().isEmpty()
        && FrameStack.isPlainTransfer(rules, state, tx.message());
  }

  private void warm(TxContext context, TxMessage tx) {
    state.markWarm(context.origin());
    state.markWarm(context.feePayer());
    tx.message().to().ifPresent(state::markWarm);
    state.keepWarm(rules.warmFromTheStart());
    if (rules.coinbaseIsWarm) {
      state.markWarm(block.coinbase());
    }
    if (rules.warmsAccessLists) {
      for (AccessList.Entry entry : tx.accessList().entries()) {
        state.markWarm(entry.address());
        for (Hash key : entry.storageKeys()) {
          state.markWarm(entry.address(), UInt256.fromBytes(key.unsafeArray()));
        }
      }
    }
  }

  private void warmDelegate(Address to) {
    Delegation.target(state.code(to).bytes()).ifPresent(state::markWarm);
  }

  private Outcome settle(ExecutionResult result, long limit, long refund, long floor) {
    long used = limit - result.gasLeft();
    long refunded = Math.min(used / rules.refundQuotient, refund);
    long charged = Math.max(used - refunded, floor);
    return new Outcome(result, charged, used - charged);
  }
}
