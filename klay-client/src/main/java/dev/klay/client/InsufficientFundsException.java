package dev.klay.client;

import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;

/** The account cannot pay for all of it. Nothing was sent; fund the account or send less. */
public final class InsufficientFundsException extends KlayException {
  private final transient Amount needed;
  private final transient Amount balance;

  InsufficientFundsException(Address account, Amount needed, Amount balance) {
    super(account + " has " + balance + ", needed are " + needed + " with all fees");
    this.needed = needed;
    this.balance = balance;
  }

  /** The amounts and the most that their fees can be. */
  public Amount needed() {
    return needed;
  }

  public Amount balance() {
    return balance;
  }
}
