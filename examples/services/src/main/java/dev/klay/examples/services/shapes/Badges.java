package dev.klay.examples.services.shapes;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.client.Reverted;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.ContractCode;
import dev.klay.client.contract.NonFungibleToken;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;

/** Badges: a game or a school gives a token that is one of its kind and stays with its owner. */
public final class Badges {
  private final Account issuer;
  private final Contract contract;
  private final NonFungibleToken token;

  /** Creates the contract Badges.sol, in which this account alone gives badges. */
  public Badges(Account issuer, String name, String symbol) {
    this.issuer = issuer;
    this.contract =
        Contract.deploy(issuer, ContractCode.resource(Badges.class, "Badges"), name, symbol);
    this.token = NonFungibleToken.at(issuer.client(), contract.address());
  }

  /** The contract, with its own errors. */
  public Contract contract() {
    return contract;
  }

  public NonFungibleToken token() {
    return token;
  }

  /**
   * Gives a badge.
   *
   * @param badge its number, not given before
   * @param uri where its picture and text are
   */
  public Receipt give(Address to, UInt256 badge, String uri) {
    return token.mint(issuer, to, badge, uri);
  }

  public static void main(String[] args) {
    try (KlayChain chain = KlayChain.inMemory()) {
      Account player = chain.account(1);
      Badges badges = new Badges(chain.account(0), "Dragon slayers", "DRAGON");
      UInt256 badge = UInt256.of(7);
      badges.give(player.address(), badge, "https://game.example/badges/7.json");
      System.out.println(badges.token().ownerOf(badge).equals(player.address())); // true
      try {
        Address friend = chain.account(2).address();
        badges.contract().by(player).send("transferFrom", player.address(), friend, badge);
      } catch (Reverted e) {
        System.out.println(e.getMessage()); // reverted: BadgesStay()
      }
    }
  }
}
