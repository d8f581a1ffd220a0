package dev.klay.client;

import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;

/**
 * The most that a transaction may cost besides the value it moves. Checked before anything is sent.
 */
public record FeeLimit(Amount max) {
  /** No limit of the user's; the chain's fixed price applies anyway. */
  public static final FeeLimit NONE = new FeeLimit(Amount.peb(UInt256.MAX));

  /**
   * A limit in KLAY, such as {@code "0.001"}.
   *
   * @throws dev.klay.crypto.primitive.InvalidAmountException if it is no amount
   */
  public static FeeLimit of(String klay) {
    return new FeeLimit(Amount.klay(klay));
  }

  void ensureCovers(Amount fee) {
    if (max.isLessThan(fee)) {
      throw new FeeLimitExceededException(this, fee);
    }
  }
}
