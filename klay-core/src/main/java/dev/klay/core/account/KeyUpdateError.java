package dev.klay.core.account;

/**
 * Why a key cannot be given to an account. An account update that fails so is executed, charged,
 * and leaves the status in its receipt, which the block commits to.
 */
public enum KeyUpdateError {
  NOT_MODIFIABLE("account key is not modifiable", 0x02),
  TOO_MANY_KEYS("the number of keys exceeds the limit", 0x02),
  FAIL_NOT_UPDATABLE("AccountKeyFail is not updatable", 0x0f),
  NIL_UNINITIALIZABLE("AccountKeyNil cannot be initialized to an account", 0x11),
  ZERO_KEY_WEIGHT("key weight is zero", 0x13),
  DUPLICATED_KEY("duplicated key", 0x15),
  WEIGHTED_SUM_OVERFLOW("weighted sum overflow", 0x16),
  UNSATISFIABLE_THRESHOLD(
      "unsatisfiable threshold. Weighted sum of keys is less than the threshold.", 0x17),
  ZERO_LENGTH("length is zero", 0x18),
  LENGTH_TOO_LONG("length too long", 0x19),
  NESTED_ROLE_BASED_KEY("nested composite type", 0x1a);

  private final String message;
  private final int receiptStatus;

  KeyUpdateError(String message, int receiptStatus) {
    this.message = message;
    this.receiptStatus = receiptStatus;
  }

  /** The text Klaytn nodes report. */
  public String message() {
    return message;
  }

  /** The status of the receipt; errors without a code of their own have 0x02. */
  public int receiptStatus() {
    return receiptStatus;
  }
}
