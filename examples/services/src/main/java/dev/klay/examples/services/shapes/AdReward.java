package dev.klay.examples.services.shapes;

import dev.klay.client.Account;
import dev.klay.client.BatchReport;
import dev.klay.client.KlayChain;
import dev.klay.client.Payment;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ad rewards: whoever watched is paid at the end of the day, all in one batch. */
public final class AdReward {
  private final Account advertiser;
  private final Amount perView;
  private final Map<Address, Long> views = new LinkedHashMap<>();

  public AdReward(Account advertiser, Amount perView) {
    this.advertiser = advertiser;
    this.perView = perView;
  }

  /** Somebody watched an ad. */
  public synchronized void seen(Address viewer) {
    views.merge(viewer, 1L, Long::sum);
  }

  /**
   * Pays each viewer once for all views, and begins a new list. The report says who was not paid.
   *
   * @throws dev.klay.client.InsufficientFundsException if it is not enough for all; nothing was
   *     sent, the list stays
   */
  public synchronized BatchReport payOut() {
    List<Payment> payments = new ArrayList<>();
    views.forEach((viewer, count) -> payments.add(new Payment(viewer, perView.times(count))));
    BatchReport report = advertiser.sendAll(payments);
    views.clear();
    return report;
  }

  public static void main(String[] args) {
    try (KlayChain chain = KlayChain.inMemory()) {
      AdReward campaign = new AdReward(chain.account(0), Amount.klay("0.002"));
      Account fan = chain.newAccount();
      campaign.seen(fan.address());
      campaign.seen(fan.address());
      campaign.seen(chain.newAccount().address());
      BatchReport report = campaign.payOut();
      System.out.println(
          report.receipts().size() + " paid: " + report.isComplete()); // 2 paid: true
      System.out.println("two views: " + fan.balance()); // 0.004 KLAY
    }
  }
}
