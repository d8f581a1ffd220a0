package dev.klay.client;

import dev.klay.core.service.Receipt;
import dev.klay.crypto.KlayException;
import java.util.List;
import java.util.Optional;

/**
 * What became of each of many payments, in their order. Either all were made, or this says exactly
 * which were not and why.
 */
public record BatchReport(List<Entry> entries) {
  public BatchReport {
    entries = List.copyOf(entries);
  }

  /**
   * One payment.
   *
   * @param receipt empty if it was not made
   * @param failure why it was not, or is not known to be, made
   */
  public record Entry(Payment payment, Optional<Receipt> receipt, Optional<KlayException> failure) {
    public boolean isPaid() {
      return receipt.filter(Receipt::isSuccess).isPresent();
    }
  }

  /** Whether every payment was made. */
  public boolean isComplete() {
    return entries.stream().allMatch(Entry::isPaid);
  }

  public List<Receipt> receipts() {
    return entries.stream().flatMap(e -> e.receipt().stream()).toList();
  }

  /** The payments that were not made. */
  public List<Entry> unpaid() {
    return entries.stream().filter(e -> !e.isPaid()).toList();
  }
}
