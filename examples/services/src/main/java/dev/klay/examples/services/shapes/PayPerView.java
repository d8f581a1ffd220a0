package dev.klay.examples.services.shapes;

import dev.klay.client.Account;
import dev.klay.client.FeeLimit;
import dev.klay.client.KlayChain;
import dev.klay.client.KlayClient;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.nio.charset.StandardCharsets;

/**
 * Pay per view: each episode of a webtoon or a stream costs so little that no card could pay it.
 */
public final class PayPerView {
  public static final Amount PRICE = Amount.klay("0.01");

  private static final FeeLimit FEE_MAX = FeeLimit.of("0.001");

  private final KlayClient client;
  private final Address studio;

  public PayPerView(KlayClient client, Address studio) {
    this.client = client;
    this.studio = studio;
  }

  /** Pays for an episode; the hash of the payment is the ticket. */
  public Hash buy(Account viewer, int episode) {
    return viewer.sendMemo(studio, PRICE, memo(episode), FEE_MAX).hash();
  }

  /** Whether the ticket is this viewer's, for this episode. The player keeps no list: it asks. */
  public boolean mayWatch(Address viewer, int episode, Hash ticket) {
    return client.receipt(ticket).filter(paid -> pays(paid, viewer, episode)).isPresent();
  }

  private boolean pays(Receipt paid, Address viewer, int episode) {
    return paid.isSuccess()
        && paid.from().equals(viewer)
        && paid.to().filter(studio::equals).isPresent()
        && !paid.transaction().tx().value().isLessThan(PRICE)
        && paid.transaction().tx().input().equals(memo(episode));
  }

  private static Bytes memo(int episode) {
    return Bytes.wrap(("episode " + episode).getBytes(StandardCharsets.UTF_8));
  }

  public static void main(String[] args) {
    try (KlayChain chain = KlayChain.inMemory()) {
      Account viewer = chain.account(0);
      Account studio = chain.newAccount();
      PayPerView webtoon = new PayPerView(chain.client(), studio.address());
      Hash ticket = webtoon.buy(viewer, 7);
      System.out.println("episode 7: " + webtoon.mayWatch(viewer.address(), 7, ticket)); // true
      System.out.println("episode 8: " + webtoon.mayWatch(viewer.address(), 8, ticket)); // false
      System.out.println("the studio has " + studio.balance()); // 0.01 KLAY
    }
  }
}
