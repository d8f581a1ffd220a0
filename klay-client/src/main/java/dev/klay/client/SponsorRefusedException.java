package dev.klay.client;

import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;

/**
 * A sponsor does not pay for a transaction. Nothing was signed or sent; pay the fee from the own
 * account, or wait until the next day.
 */
public final class SponsorRefusedException extends KlayException {
  /** Why. */
  public enum Reason {
    /** The sender's budget of the day does not suffice. */
    USER_BUDGET,
    /** The budget of the day for all does not suffice. */
    DAY_BUDGET,
    /** The sponsor does not pay for such transactions. */
    RULE,
    /** The sender pays: the transaction is of a kind without fee payer. */
    NOT_DELEGATED
  }

  private final Reason reason;

  private SponsorRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static SponsorRefusedException ofUser(Address user, Amount fee, Amount left) {
    return new SponsorRefusedException(
        Reason.USER_BUDGET, "the fee can be " + fee + ", for " + user + " are left " + left);
  }

  static SponsorRefusedException ofDay(Address user, Amount fee, Amount left) {
    return new SponsorRefusedException(
        Reason.DAY_BUDGET,
        "the fee of " + user + " can be " + fee + ", for all are left today " + left);
  }

  static SponsorRefusedException byRule(Address user) {
    return new SponsorRefusedException(
        Reason.RULE, "the sponsor does not pay for such a transaction of " + user);
  }

  static SponsorRefusedException notDelegated(Address user) {
    return new SponsorRefusedException(
        Reason.NOT_DELEGATED, "the transaction of " + user + " names nobody else to pay");
  }

  public Reason reason() {
    return reason;
  }
}
