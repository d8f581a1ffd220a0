package dev.klay.core.account;

import dev.klay.crypto.DecodingException;

/** The kinds of accounts of a state. The number is the first byte of the encoding. */
public enum AccountType {
  EXTERNALLY_OWNED(1),
  SMART_CONTRACT(2);

  private final int number;

  AccountType(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  static AccountType ofNumber(int number) {
    return switch (number) {
      case 1 -> EXTERNALLY_OWNED;
      case 2 -> SMART_CONTRACT;
      default -> throw new DecodingException("unknown account type: " + number);
    };
  }
}
