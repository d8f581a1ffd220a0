package dev.klay.core.execution;

import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Builds the state of one block, transaction by transaction. A proposer leaves out what is refused;
 * a validator refuses the block.
 *
 * <pre>{@code
 * BlockExecutor executor = new BlockExecutor(parentState, environment);
 * for (SignedTx tx : candidates) {
 *   executor.execute(tx);
 * }
 * BlockOutcome outcome = executor.finish(StakingInfo.NONE);
 * }</pre>
 */
public final class BlockExecutor {
  private final StateUpdater state;
  private final BlockEnvironment environment;
  private final TransactionExecutor transactions;
  private final List<TxOutcome.Executed> executed = new ArrayList<>();
  private long gasUsed;
  private Amount fees = Amount.ZERO;
  private Amount burntAtOnce = Amount.ZERO;

  public BlockExecutor(WorldState parent, BlockEnvironment environment) {
    this.state = new StateUpdater(parent);
    this.environment = environment;
    this.transactions = new TransactionExecutor(state, environment);
  }

  /** Executes the next transaction, or refuses it and changes nothing. */
  public TxOutcome execute(SignedTx transaction) {
    TxOutcome outcome = transactions.execute(transaction);
    if (outcome instanceof TxOutcome.Executed done) {
      executed.add(done);
      gasUsed += done.receipt().gasUsed();
      fees = fees.plus(done.fee());
      BlockRules rules = environment.rules();
      if (rules.has(Fork.MAGMA) && !rules.rewardParameters().deferredTxFee()) {
        burntAtOnce = burntAtOnce.plus(TransactionExecutor.burntPart(done.fee()));
      }
    }
    return outcome;
  }

  /** Gas of the transactions executed so far. */
  public long gasUsed() {
    return gasUsed;
  }

  /** Number of the transactions executed so far. */
  public int count() {
    return executed.size();
  }

  /** Pays the reward and ends the block. */
  public BlockOutcome finish(StakingInfo staking) {
    return finish(staking, unchanged -> {});
  }

  /**
   * Pays the reward, changes the state as a fork does in its first block, and ends the block. The
   * outcome's sums are those of all balances: a contract that destroys itself with what it owns
   * burns it, and where blocks may hold prices other than the unit price, as Klaytn's before Magma,
   * what is paid out may differ from what was paid.
   *
   * @param upgrade of the fork
   */
  public BlockOutcome finish(StakingInfo staking, Consumer<StateUpdater> upgrade) {
    BlockRules rules = environment.rules();
    Amount feesOfBlock =
        rules.has(Fork.MAGMA) ? fees : rules.rewardParameters().unitPrice().times(gasUsed);
    BlockReward reward = BlockReward.of(rules, feesOfBlock, environment.rewardBase(), staking);
    reward.payments().forEach(state::addBalance);
    upgrade.accept(state);
    WorldState next = state.build(true);
    Amount minted = minted(rules, feesOfBlock, reward);
    Amount burnt = reward.burnt().plus(burntAtOnce);
    Amount due = state.ownedBefore().plus(minted).minus(burnt);
    Amount owned = state.ownedNow();
    return owned.isLessThan(due)
        ? new BlockOutcome(next, executed, minted, burnt.plus(due.minus(owned)))
        : new BlockOutcome(next, executed, minted.plus(owned.minus(due)), burnt);
  }

  /** Fees that the simple policy pays twice before Magma are new KLAY the second time. */
  private static Amount minted(BlockRules rules, Amount fees, BlockReward reward) {
    boolean paidTwice =
        !rules.has(Fork.MAGMA)
            && !rules.rewardParameters().deferredTxFee()
            && rules.rewardParameters().policy() != 2;
    return paidTwice ? reward.minted().plus(fees) : reward.minted();
  }
}
