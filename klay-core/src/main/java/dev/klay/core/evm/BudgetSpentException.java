package dev.klay.core.evm;

import dev.klay.crypto.KlayException;

/**
 * A {@link GasBudget} was spent before what it was for came to an end. Nothing has changed; who has
 * more time does the same again from the start. It tells no fault and is frequent, so it has no
 * stack trace.
 */
public final class BudgetSpentException extends KlayException {
  private static final long serialVersionUID = 1;

  BudgetSpentException() {
    super("more work than the budget allows");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
