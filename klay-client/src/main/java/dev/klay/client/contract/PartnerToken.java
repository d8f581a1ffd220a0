package dev.klay.client.contract;

import dev.klay.client.Account;
import dev.klay.client.KlayClient;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.NetworkKind;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that partners of the Aspen network showed in 2018, for demonstration. Each has an
 * issuer with a published key, whose first transaction creates it: so its address is known, and
 * whether it is there can be seen. The source is PartnerToken.sol.
 */
public enum PartnerToken {
  RASPUTIN("Rasputin"),
  IRENE("Irene"),
  OKAKA("Okaka");

  /** Digits behind the point of a whole token. */
  public static final int DECIMALS = 18;

  private static final UInt256 SUPPLY = UInt256.of(BigInteger.TEN.pow(9 + DECIMALS));

  private final String fullName;

  PartnerToken(String fullName) {
    this.fullName = fullName;
  }

  /** The compiled contract, for tokens of one's own: (name, symbol, decimals, supply in units). */
  public static ContractCode code() {
    return ContractCode.resource(PartnerToken.class, "PartnerToken");
  }

  /** The key of the issuer, published. The caller closes it. */
  public PrivateKey issuerKey() {
    return DevKeys.issuer(name());
  }

  /** The account that owns all units at first. */
  public Address issuer() {
    try (PrivateKey key = issuerKey()) {
      return key.address();
    }
  }

  /** Where the token is once its issuer made it: of an account's first transaction. */
  public Address address() {
    return Address.fromHash(
        Keccak256.hash(RlpWriter.encodeList(w -> w.address(issuer()).integer(0))));
  }

  /** The token, if it is on the client's chain. */
  public Optional<Token> on(KlayClient client) {
    boolean there = client.accountState(address()).filter(a -> a.isContract()).isPresent();
    return there ? Optional.of(Token.at(client, address())) : Optional.empty();
  }

  /** The partner tokens on the client's chain; none on one of kind MAIN. */
  public static List<Token> allOn(KlayClient client) {
    if (client.info().spec().kind() == NetworkKind.MAIN) {
      return List.of();
    }
    return Arrays.stream(values()).flatMap(token -> token.on(client).stream()).toList();
  }

  /**
   * Creates the token. The issuer needs KLAY for the fee, from the faucet for one.
   *
   * @throws IllegalStateException if the issuer has sent something before, or on a chain of kind
   *     MAIN
   */
  public Token deploy(KlayClient client) {
    if (client.info().spec().kind() == NetworkKind.MAIN) {
      throw new IllegalStateException("the issuer's key is published: not on a chain of kind MAIN");
    }
    try (PrivateKey key = issuerKey()) {
      Account issuer = client.account(key);
      if (issuer.nonce() != 0) {
        throw new IllegalStateException("the issuer of " + this + " has sent something before");
      }
      Contract made = Contract.deploy(issuer, code(), fullName, name(), DECIMALS, SUPPLY);
      return Token.at(client, made.address());
    }
  }
}
