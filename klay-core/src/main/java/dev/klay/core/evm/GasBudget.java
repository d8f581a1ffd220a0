package dev.klay.core.evm;

/**
 * How much may be done where there is little time: beyond it, what runs is abandoned with {@link
 * BudgetSpentException}. The measure is gas, because gas goes with time; but a budget is not the
 * gas of the message, and code never sees it: GAS, what calls hand on and where gas runs out are as
 * without it. Several runs may share one budget. For one thread, but for {@link #UNLIMITED}.
 *
 * <p>Gas that is burned and not used, as by INVALID within a call, counts as used. What takes
 * longer than its gas says is counted once more on an account of its own, of the same size; so a
 * budget bounds time within a factor.
 */
public final class GasBudget {
  /** Nothing is ever abandoned. */
  public static final GasBudget UNLIMITED = new GasBudget(false, 0);

  private final boolean limited;
  private long gas;
  private long work;

  private GasBudget(boolean limited, long gas) {
    this.limited = limited;
    this.gas = gas;
    this.work = gas;
  }

  /** A budget of so much gas, beside the intrinsic gas of transactions. */
  public static GasBudget of(long gas) {
    return new GasBudget(true, gas);
  }

  /** The gas at which a message that starts with so much has spent the budget. */
  long floor(long messageGas) {
    return limited ? Math.max(0, messageGas - gas) : 0;
  }

  /** Takes what a message has used. */
  void use(long gasUsed) {
    if (limited) {
      gas = Math.max(0, gas - gasUsed);
    }
  }

  /**
   * Counts work that gas does not tell of, or not enough.
   *
   * @param equivalent the gas of opcodes that take as long; not negative
   * @throws BudgetSpentException if there was too much of it
   */
  public void take(long equivalent) {
    if (limited) {
      work -= equivalent;
      if (work < 0) {
        throw new BudgetSpentException();
      }
    }
  }

  /**
   * For what nobody does who has little time.
   *
   * @throws BudgetSpentException unless the budget is unlimited
   */
  public void ensureUnlimited() {
    if (limited) {
      throw new BudgetSpentException();
    }
  }
}
