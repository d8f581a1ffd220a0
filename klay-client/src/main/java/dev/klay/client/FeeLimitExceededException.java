package dev.klay.client;

import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Amount;

/** The fee would be above the user's limit. Nothing was sent; raise the limit or do without. */
public final class FeeLimitExceededException extends KlayException {
  private final transient Amount fee;

  FeeLimitExceededException(FeeLimit limit, Amount fee) {
    super("the fee can be " + fee + ", the limit is " + limit.max());
    this.fee = fee;
  }

  /** What the transaction can cost. */
  public Amount fee() {
    return fee;
  }
}
