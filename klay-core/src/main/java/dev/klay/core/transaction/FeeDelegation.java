package dev.klay.core.transaction;

import dev.klay.crypto.rlp.RlpReader;

/**
 * Who pays the fee of a Klaytn transaction.
 *
 * @param ratioPercent share of the fee payer in percent: 0 when the sender pays all, 100 for full
 *     delegation by a type without a ratio field, else the ratio field as it is (valid are 1 to 99;
 *     0 to 255 can be encoded)
 * @param explicitRatio whether the type has a ratio field
 */
public record FeeDelegation(int ratioPercent, boolean explicitRatio) {
  /** The sender pays. */
  public static final FeeDelegation NONE = new FeeDelegation(0, false);

  /** The fee payer pays all. */
  public static final FeeDelegation FULL = new FeeDelegation(100, false);

  public FeeDelegation {
    if (ratioPercent < 0 || ratioPercent > 255) {
      throw new IllegalArgumentException("a fee ratio is one byte, not " + ratioPercent);
    }
  }

  /**
   * The fee payer pays this part of the fee, rounded down, and the sender the rest.
   *
   * @throws IllegalArgumentException unless 1 to 99
   */
  public static FeeDelegation ratio(int percent) {
    if (percent < 1 || percent > 99) {
      throw new IllegalArgumentException("fee ratio is out of range [1, 99]: " + percent);
    }
    return new FeeDelegation(percent, true);
  }

  /** Reads the ratio field where the type has one. */
  static FeeDelegation read(RlpReader fields, TxType type) {
    if (type.hasFeeRatio()) {
      return new FeeDelegation(fields.readInt(255), true);
    }
    return type.isFeeDelegated() ? FULL : NONE;
  }

  public boolean isDelegated() {
    return explicitRatio || ratioPercent != 0;
  }

  /** What is added to the number of the kind. */
  int typeBits() {
    return explicitRatio ? 2 : isDelegated() ? 1 : 0;
  }
}
