package dev.klay.core.config;

import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;

/**
 * The dynamic base fee of KIP-71.
 *
 * @param lowerBound peb for a unit of gas
 * @param upperBound peb for a unit of gas, at least the lower bound
 * @param gasTarget a block that uses so much leaves the fee as it is
 * @param maxBlockGasUsed gas above it does not count
 * @param denominator the fee changes by at most one part of so many; 0 counts as 64
 */
public record BaseFeeParameters(
    Amount lowerBound, Amount upperBound, long gasTarget, long maxBlockGasUsed, long denominator) {
  public static final BaseFeeParameters DEFAULT =
      new BaseFeeParameters(Amount.ston(25), Amount.ston(750), 30_000_000, 60_000_000, 20);

  public BaseFeeParameters {
    if (gasTarget < 1 || maxBlockGasUsed < 0 || denominator < 0) {
      throw new InvalidGenesisException(
          "kip71: gastarget must be positive and no parameter negative: " + gasTarget);
    }
    if (upperBound.isLessThan(lowerBound)) {
      throw new InvalidGenesisException(
          "kip71: lowerboundbasefee " + lowerBound + " is above upperboundbasefee " + upperBound);
    }
  }

  /** The base fee of the first block with one: the lower bound, rounded up to even. */
  public Amount first() {
    return evenDown(roundedUp(lowerBound));
  }

  /**
   * The base fee of the block after one with this base fee and gas used. Divisions round down one
   * after the other; the result is even, so that half of a fee is exact.
   */
  public Amount next(Amount parentBaseFee, long parentGasUsed) {
    Amount low = roundedUp(lowerBound);
    Amount high = evenDown(upperBound);
    Amount parent = clamp(parentBaseFee, low, high);
    long used = Math.min(parentGasUsed, maxBlockGasUsed);
    if (used == gasTarget) {
      return evenDown(parent);
    }
    long distance = Math.abs(used - gasTarget);
    UInt256 step =
        parent
            .peb()
            .times(distance)
            .dividedBy(UInt256.of(gasTarget))
            .dividedBy(UInt256.of(denominator == 0 ? 64 : denominator));
    if (used > gasTarget) {
      Amount raised = parent.plus(Amount.peb(step.isZero() ? UInt256.ONE : step));
      return evenDown(high.isLessThan(raised) ? high : raised);
    }
    boolean atBottom = parent.peb().compareTo(low.peb().plus(step)) <= 0;
    return evenDown(atBottom ? low : parent.minus(Amount.peb(step)));
  }

  private static Amount clamp(Amount value, Amount low, Amount high) {
    return high.compareTo(value) <= 0 ? high : value.compareTo(low) <= 0 ? low : value;
  }

  private static Amount roundedUp(Amount amount) {
    return isOdd(amount) ? amount.plus(Amount.peb(1)) : amount;
  }

  private static Amount evenDown(Amount amount) {
    return isOdd(amount) ? amount.minus(Amount.peb(1)) : amount;
  }

  private static boolean isOdd(Amount amount) {
    return (amount.peb().word(0) & 1) == 1;
  }
}
