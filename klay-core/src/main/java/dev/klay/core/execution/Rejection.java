package dev.klay.core.execution;

/**
 * Why a transaction was not taken, with the offending values.
 *
 * @param detail for people; empty where the reason says it all
 */
public record Rejection(RejectionReason reason, String detail) {
  public static Rejection of(RejectionReason reason) {
    return new Rejection(reason, "");
  }

  /** Klaytn's words, then the values. */
  public String message() {
    return detail.isEmpty() ? reason.message() : reason.message() + ": " + detail;
  }

  /**
   * Exactly what a Klaytn node answers: its words, and the detail only where it appends one. For
   * tools that compare texts; {@link #message} says more.
   */
  public String nodeMessage() {
    return switch (reason) {
      case INIT_CODE_TOO_LARGE,
          INVALID_SENDER,
          INVALID_FEE_PAYER,
          POOL_FULL,
          POOL_FULL_WITHOUT_GAP ->
          message();
      case KEY_NOT_REPLACEABLE -> detail;
      default -> reason.message();
    };
  }

  @Override
  public String toString() {
    return reason + " (" + message() + ")";
  }
}
