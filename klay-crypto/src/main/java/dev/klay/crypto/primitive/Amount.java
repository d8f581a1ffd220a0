package dev.klay.crypto.primitive;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact amount of money, counted in peb: 1 KLAY = 10^9 ston = 10^18 peb. Never negative, at most
 * 2^256-1 peb. Arithmetic is exact or throws {@link ArithmeticException}.
 *
 * <pre>{@code
 * Amount fee = Amount.ston(25).times(21_000);   // 0.000525 KLAY
 * Amount price = Amount.klay("1.5");
 * }</pre>
 *
 * @param peb the amount in the smallest unit
 */
public record Amount(UInt256 peb) implements Comparable<Amount> {
  public static final Amount ZERO = new Amount(UInt256.ZERO);

  /** The longest text that is read as an amount. */
  private static final int TEXT_LENGTH_MAX = 120;

  public static Amount peb(UInt256 peb) {
    return peb.isZero() ? ZERO : new Amount(peb);
  }

  /**
   * @throws InvalidAmountException if negative
   */
  public static Amount peb(long peb) {
    return of(BigDecimal.valueOf(peb), KlayUnit.PEB);
  }

  /**
   * @throws InvalidAmountException if negative or above 256 bits
   */
  public static Amount peb(BigInteger peb) {
    return of(new BigDecimal(peb), KlayUnit.PEB);
  }

  /**
   * @throws InvalidAmountException if negative
   */
  public static Amount ston(long ston) {
    return of(BigDecimal.valueOf(ston), KlayUnit.STON);
  }

  /**
   * @throws InvalidAmountException if negative
   */
  public static Amount klay(long klay) {
    return of(BigDecimal.valueOf(klay), KlayUnit.KLAY);
  }

  /**
   * A decimal number of KLAY, such as {@code "0.000525"}, with at most 18 fraction digits.
   *
   * @throws InvalidAmountException if it is no number, negative, finer than one peb or too large
   */
  public static Amount klay(String klay) {
    return parse(klay, KlayUnit.KLAY);
  }

  /**
   * A plain decimal number of the given unit; no exponent.
   *
   * @throws InvalidAmountException if it is no number, negative, finer than one peb or too large
   */
  public static Amount parse(String number, KlayUnit unit) {
    if (number.length() > TEXT_LENGTH_MAX || !number.matches("-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)")) {
      throw new InvalidAmountException(
          "not a decimal number: \""
              + (number.length() <= 40 ? number : number.substring(0, 40) + "...")
              + "\"");
    }
    return of(new BigDecimal(number), unit);
  }

  private static Amount of(BigDecimal number, KlayUnit unit) {
    if (number.signum() < 0) {
      throw new InvalidAmountException(
          "an amount cannot be negative: " + number.toPlainString() + " " + unit.symbol());
    }
    BigDecimal peb = number.movePointRight(unit.decimals()).stripTrailingZeros();
    if (peb.scale() > 0) {
      throw new InvalidAmountException(
          number.toPlainString() + " " + unit.symbol() + " is finer than 1 peb (10^-18 KLAY)");
    }
    BigInteger integer = peb.toBigIntegerExact();
    if (integer.bitLength() > 256) {
      throw new InvalidAmountException(
          "beyond 2^256-1 peb: " + number.toPlainString() + " " + unit.symbol());
    }
    return peb(UInt256.of(integer));
  }

  public Amount plus(Amount other) {
    return peb(peb.plus(other.peb));
  }

  /** The difference; {@link ArithmeticException} if the other is larger. */
  public Amount minus(Amount other) {
    return peb(peb.minus(other.peb));
  }

  /** This amount {@code factor} times; the factor (such as gas) is not negative. */
  public Amount times(long factor) {
    return peb(peb.times(factor));
  }

  /** The quotient, rounded down to a whole peb. */
  public Amount dividedBy(long divisor) {
    return peb(peb.dividedBy(UInt256.of(divisor)));
  }

  public boolean isZero() {
    return peb.isZero();
  }

  public boolean isLessThan(Amount other) {
    return compareTo(other) < 0;
  }

  /** The exact number of the unit, without trailing zeros. */
  public BigDecimal in(KlayUnit unit) {
    BigDecimal number = new BigDecimal(peb.toBigInteger()).movePointLeft(unit.decimals());
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  @Override
  public int compareTo(Amount other) {
    return peb.compareTo(other.peb);
  }

  /** The amount in KLAY, such as {@code 0.000525 KLAY}. */
  @Override
  public String toString() {
    return in(KlayUnit.KLAY).toPlainString() + " KLAY";
  }
}
