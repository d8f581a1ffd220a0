package dev.klay.core.call;

import dev.klay.core.account.Role;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.evm.BlockContext;
import dev.klay.core.evm.EvmRules;
import dev.klay.core.evm.GasBudget;
import dev.klay.core.evm.KlaytnRules;
import dev.klay.core.evm.Tracer;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.execution.GasPrices;
import dev.klay.core.execution.IntrinsicGas;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.TransactionChecks;
import dev.klay.core.execution.TransactionEffects;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A state and a block to try things on. Nothing is changed: each call starts from the same state.
 * Immutable, for any number of threads; a call runs in the thread that asks.
 *
 * <pre>{@code
 * Simulation simulation = new Simulation(state, environment);
 * Bytes answer = simulation.run(Call.to(contract).input(calldata).build()).output();
 * }</pre>
 *
 * <p>As for a transaction, the sender must own the value and the limit cover the intrinsic gas; the
 * fee is taken and given back if there is a gas price. Nonce, signatures, keys and whether the
 * price suits the chain are not checked. Signatures cost gas as if every key of the account signed.
 */
public final class Simulation {
  /**
   * Gas that a call may use where nothing else is said. It bounds time, and memory to some hundred
   * megabytes for the worst contract there can be.
   */
  public static final long GAS_MAX = 100_000_000;

  private final WorldState state;
  private final BlockRules rules;
  private final EvmRules machine;
  private final BlockContext context;
  private final Amount baseFee;
  private final long gasMax;
  private final BooleanSupplier over;
  private final GasBudget budget;

  public Simulation(WorldState state, BlockEnvironment block) {
    this(state, block, Overrides.NONE, GAS_MAX);
  }

  /**
   * A simulation of something that is not.
   *
   * @param gasMax gas that a call may use, whatever it asks for
   */
  public Simulation(WorldState state, BlockEnvironment block, Overrides overrides, long gasMax) {
    this(state, block, overrides, gasMax, () -> false);
  }

  /**
   * The same for a limited time, which gas bounds but roughly where a call is run many times.
   *
   * @param over asked before each run; if so, {@link CallTooLongException}
   */
  public Simulation(
      WorldState state,
      BlockEnvironment block,
      Overrides overrides,
      long gasMax,
      BooleanSupplier over) {
    this.over = over;
    this.budget = GasBudget.UNLIMITED;
    BlockEnvironment environment = overrides.block().applyTo(block);
    this.rules = environment.rules();
    this.machine = KlaytnRules.of(rules);
    this.state = overrides.applyTo(state, machine.codeInfo());
    this.context =
        overrides
            .block()
            .gasLimit()
            .map(limit -> withGasLimit(environment.context(), limit))
            .orElseGet(environment::context);
    this.baseFee = environment.baseFee();
    this.gasMax = gasMax;
  }

  /** The same on another state, or within another budget. */
  private Simulation(Simulation same, WorldState state, GasBudget budget) {
    this.state = state;
    this.rules = same.rules;
    this.machine = same.machine;
    this.context = same.context;
    this.baseFee = same.baseFee;
    this.gasMax = same.gasMax;
    this.over = same.over;
    this.budget = budget;
  }

  /**
   * The same for one thread that has little time: all its runs together are held to a budget, and
   * throw {@link dev.klay.core.evm.BudgetSpentException} where it is spent. What they come to
   * before that is what they come to without it.
   */
  public Simulation within(GasBudget newBudget) {
    return new Simulation(this, state, newBudget);
  }

  /** The state that each call starts from. */
  public WorldState state() {
    return state;
  }

  private static BlockContext withGasLimit(BlockContext block, long gasLimit) {
    return new BlockContext(
        block.chainId(),
        block.number(),
        block.timeSeconds(),
        block.coinbase(),
        block.prevRandao(),
        gasLimit,
        block.baseFee(),
        block.blobBaseFee(),
        block.blockHashes());
  }

  /**
   * Runs a call without a limit of the computation cost.
   *
   * @throws CallRefusedException if it cannot even start
   */
  public CallResult run(Call call) {
    return run(call, Tracer.NONE);
  }

  /**
   * Runs a call and tells a tracer about it.
   *
   * @throws CallRefusedException if it cannot even start
   */
  public CallResult run(Call call, Tracer tracer) {
    return run(call, gasLimit(call), machine.withoutCostLimit(), tracer);
  }

  /**
   * A call whose changes stay.
   *
   * @param after the same on the state that the call left
   */
  public record Continued(CallResult result, Simulation after) {}

  /**
   * Runs a call as {@link #run(Call, Tracer)}, for another to follow it.
   *
   * @throws CallRefusedException if it cannot even start
   */
  public Continued runOn(Call call, Tracer tracer) {
    StateUpdater updater = new StateUpdater(state);
    CallResult result = run(call, gasLimit(call), machine.withoutCostLimit(), tracer, updater);
    return new Continued(result, new Simulation(this, updater.build(true), budget));
  }

  /**
   * Finds the gas limit that a transaction needs in a block, where the computation cost is limited.
   *
   * @throws CallRefusedException if it cannot even start with any limit that is allowed
   */
  public GasEstimate estimateGas(Call call) {
    long due = due(call);
    long asked = call.transaction().gas();
    long allowed = asked == 0 ? gasMax : Math.min(asked, gasMax);
    refuse(TransactionChecks.gas(allowed, due));
    refuse(funds(call, due));
    return new GasSearch(limit -> run(call, limit, machine, Tracer.NONE))
        .between(due, affordable(call, due, allowed));
  }

  /**
   * Finds the access list with which the call touches nothing that is not in it (EIP-2930).
   *
   * @throws CallRefusedException if it cannot even start
   * @throws IllegalArgumentException if the transaction's type has no access list
   */
  public CreatedAccessList createAccessList(Call call) {
    return new AccessListSearch(machine, context, state).find(call, this::run);
  }

  /** The limit to run a call with: its own, or the highest that the payer can afford. */
  private long gasLimit(Call call) {
    long asked = call.transaction().gas();
    if (asked != 0) {
      return Math.min(asked, gasMax);
    }
    long due = due(call);
    return funds(call, due).isEmpty() ? affordable(call, due, gasMax) : due;
  }

  /** The highest limit that the payer can afford, from one that is affordable to the most. */
  private long affordable(Call call, long least, long most) {
    if (funds(call, most).isEmpty()) {
      return most;
    }
    long affordable = least;
    long beyond = most;
    while (affordable + 1 < beyond) {
      long middle = affordable + (beyond - affordable) / 2;
      if (funds(call, middle).isEmpty()) {
        affordable = middle;
      } else {
        beyond = middle;
      }
    }
    return affordable;
  }

  private CallResult run(Call call, long gas, EvmRules evm, Tracer tracer) {
    return run(call, gas, evm, tracer, new StateUpdater(state));
  }

  private CallResult run(Call call, long gas, EvmRules evm, Tracer tracer, StateUpdater updater) {
    if (over.getAsBoolean()) {
      throw new CallTooLongException();
    }
    Tx tx = call.transaction();
    refuse(TransactionChecks.gas(gas, due(call)));
    refuse(TransactionChecks.initCode(tx, rules));
    refuse(funds(call, gas));
    TransactionEffects.Terms terms =
        new TransactionEffects.Terms(
            call.from(),
            call.payer(),
            Hash.ZERO,
            gas,
            call.isFree() ? baseFee : charged(call),
            charged(call),
            signatureGas(call));
    return CallResult.of(
        new TransactionEffects(updater, rules, evm, context, tracer, budget).apply(tx, terms));
  }

  private Amount charged(Call call) {
    return call.isFree() ? Amount.ZERO : GasPrices.effective(call.transaction(), rules, baseFee);
  }

  private Optional<Rejection> funds(Call call, long gas) {
    return TransactionChecks.funds(
        call.transaction(), call.from(), call.payer(), state, charged(call), gas);
  }

  private long due(Call call) {
    return IntrinsicGas.due(call.transaction(), rules) + signatureGas(call);
  }

  private long signatureGas(Call call) {
    Tx tx = call.transaction();
    if (tx.type().isEthereum()) {
      return 0;
    }
    long gas =
        ofAllKeys(
            call.from(), tx instanceof AccountUpdateTx ? Role.ACCOUNT_UPDATE : Role.TRANSACTION);
    return tx.type().isFeeDelegated() ? gas + ofAllKeys(call.payer(), Role.FEE_PAYER) : gas;
  }

  private long ofAllKeys(Address account, Role role) {
    int keys = Math.max(1, state.key(account).forRole(role).keyCount());
    return state.key(account).validationGas(role, keys, rules.has(Fork.ISTANBUL));
  }

  private static void refuse(Optional<Rejection> rejection) {
    if (rejection.isPresent()) {
      throw new CallRefusedException(rejection.orElseThrow());
    }
  }
}
