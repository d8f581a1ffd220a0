package dev.klay.examples.services.shapes;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.client.Sponsor;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.client.contract.Token;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;

/** Points: a shop gives a token for what is bought and takes it back for gifts, free of fees. */
public final class Points {
  private static final UInt256 SUPPLY = UInt256.of(1_000_000);

  private final Account shop;
  private final Token points;
  private final Sponsor sponsor;

  /** Creates the token; the shop, who pays all fees, has all points. */
  public Points(Account shop) {
    this.shop = shop;
    Contract made = Contract.deploy(shop, PartnerToken.code(), "Shop points", "PTS", 0, SUPPLY);
    this.points = Token.at(shop.client(), made.address());
    this.sponsor = Sponsor.of(shop).perUser(Amount.klay("0.1")).perDay(Amount.klay(10));
  }

  public Token token() {
    return points;
  }

  /** A customer, who needs no KLAY. */
  public Account customer(PrivateKey key) {
    return shop.client().account(key).paidBy(sponsor);
  }

  public Receipt give(Address customer, long count) {
    return points.transfer(shop, customer, UInt256.of(count));
  }

  /** Takes points for a gift: they are gone. */
  public Receipt redeem(Account customer, long count) {
    return points.burn(customer, UInt256.of(count));
  }

  public static void main(String[] args) {
    try (KlayChain chain = KlayChain.inMemory();
        PrivateKey key = PrivateKey.generate(new SecureRandom())) {
      Points shop = new Points(chain.account(0));
      Account customer = shop.customer(key);
      shop.give(customer.address(), 30);
      shop.redeem(customer, 20);
      System.out.println(shop.token().balanceOf(customer.address()) + " points left"); // 10
      System.out.println("KLAY of the customer, ever: " + customer.balance()); // 0 KLAY
    }
  }
}
