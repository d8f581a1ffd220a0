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

  @Override
  public String toString() {
    return reason + " (" + message() + ")";
  }
}
