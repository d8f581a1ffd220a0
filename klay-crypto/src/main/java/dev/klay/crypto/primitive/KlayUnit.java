package dev.klay.crypto.primitive;

import java.util.Arrays;

/** The units of Klaytn's native coin. Names are case-sensitive: mKLAY is not MKLAY. */
public enum KlayUnit {
  PEB("peb", 0),
  KPEB("kpeb", 3),
  MEGA_PEB("Mpeb", 6),
  GIGA_PEB("Gpeb", 9),
  STON("ston", 9),
  MICRO_KLAY("uKLAY", 12),
  MILLI_KLAY("mKLAY", 15),
  KLAY("KLAY", 18),
  KILO_KLAY("kKLAY", 21),
  MEGA_KLAY("MKLAY", 24),
  GIGA_KLAY("GKLAY", 27),
  TERA_KLAY("TKLAY", 30);

  private final String symbol;
  private final int decimals;

  KlayUnit(String symbol, int decimals) {
    this.symbol = symbol;
    this.decimals = decimals;
  }

  /** How the unit is written, such as {@code ston}. */
  public String symbol() {
    return symbol;
  }

  /** One unit is 10 to this power peb. */
  public int decimals() {
    return decimals;
  }

  /**
   * The unit with the given symbol.
   *
   * @throws InvalidAmountException if there is none
   */
  public static KlayUnit ofSymbol(String symbol) {
    return Arrays.stream(values())
        .filter(unit -> unit.symbol.equals(symbol))
        .findFirst()
        .orElseThrow(() -> new InvalidAmountException("unknown unit: " + symbol));
  }
}
