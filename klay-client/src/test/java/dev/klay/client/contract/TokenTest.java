package dev.klay.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.Account;
import dev.klay.client.Connection;
import dev.klay.client.FeeLimit;
import dev.klay.client.FeeLimitExceededException;
import dev.klay.client.KlayClient;
import dev.klay.client.Reverted;
import dev.klay.client.TestChain;
import dev.klay.client.wallet.Asset;
import dev.klay.client.wallet.NewWallet;
import dev.klay.client.wallet.Wallet;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.PasswordPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Connection.class)
class TokenTest {
  private final TestChain chain;
  private final KlayClient client;
  private final Account alice;
  private final Account bob;

  TokenTest(Connection connection) {
    chain = TestChain.open(connection);
    client = chain.client();
    alice = chain.account(0);
    bob = chain.account(1);
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private Token partnerToken(PartnerToken which) {
    alice.send(which.issuer(), Amount.klay(10));
    return which.deploy(client);
  }

  @Tag("S26")
  @Test
  void thePartnerTokensHaveKnownAddressesAndIssuers() {
    assertThat(PartnerToken.allOn(client)).isEmpty();
    Token okaka = partnerToken(PartnerToken.OKAKA);
    assertThat(okaka.address()).isEqualTo(PartnerToken.OKAKA.address());
    assertThat(okaka.name()).isEqualTo("Okaka");
    assertThat(okaka.symbol()).isEqualTo("OKAKA");
    assertThat(okaka.decimals()).isEqualTo(18);
    assertThat(okaka.inWhole(okaka.totalSupply())).isEqualByComparingTo("1000000000");
    assertThat(okaka.balanceOf(PartnerToken.OKAKA.issuer())).isEqualTo(okaka.totalSupply());
    assertThat(PartnerToken.allOn(client)).containsExactly(okaka);
    assertThatThrownBy(() -> PartnerToken.OKAKA.deploy(client))
        .isInstanceOf(IllegalStateException.class);
  }

  @Tag("S25")
  @Tag("S26")
  @Test
  void aWalletListsKlayAndTheTokensAndSendsThem() {
    for (PartnerToken each : PartnerToken.values()) {
      Token token = partnerToken(each);
      try (PrivateKey issuer = each.issuerKey()) {
        token.transfer(client.account(issuer), alice.address(), token.units("5"));
      }
    }
    Token irene = PartnerToken.IRENE.on(client).orElseThrow();
    char[] password = "abcdef1!".toCharArray();
    try (NewWallet fresh = Wallet.create(password, PasswordPolicy.aspen(), KeystoreCost.LIGHT);
        Wallet wallet = fresh.connect(client)) {
      alice.send(wallet.address(), Amount.klay(2));
      irene.transfer(alice, wallet.address(), irene.units("2.5"));
      assertThat(wallet.assets().toString()).isEqualTo("[2 KLAY, 0 RASPUTIN, 2.5 IRENE, 0 OKAKA]");

      Receipt sent = wallet.send(irene, bob.address(), irene.units("0.5"));
      assertThat(irene.contract().events(sent)).hasSize(1);
      assertThat(sent.logs()).hasSize(1);
      assertThat(irene.balanceOf(bob.address())).isEqualTo(irene.units("0.5"));
      assertThat(wallet.balance()).isEqualTo(Amount.klay(2).minus(sent.fee()));
      assertThat(wallet.assets().get(2).amount()).isEqualByComparingTo(new BigDecimal(2));

      Token own =
          Token.at(
              client,
              Contract.deploy(bob, PartnerToken.code(), "Own", "OWN", 0, UInt256.of(10)).address());
      own.transfer(bob, wallet.address(), UInt256.of(3));
      assertThat(wallet.assets()).extracting(Asset::symbol).contains("OWN");
      assertThatThrownBy(
              () -> wallet.send(irene, bob.address(), irene.units("1"), FeeLimit.of("0.0001")))
          .isInstanceOf(FeeLimitExceededException.class);
      assertThatThrownBy(() -> wallet.send(irene, bob.address(), irene.units("100")))
          .isInstanceOfSatisfying(
              Reverted.class, e -> assertThat(e.is("InsufficientBalance")).isTrue());
    }
  }

  @Test
  void allowancesAndBurningAndSafeTransfers() {
    Token token =
        Token.at(
            client,
            Contract.deploy(alice, PartnerToken.code(), "Test", "TST", 2, UInt256.of(1000))
                .address());
    assertThat(token.units("2.5")).isEqualTo(UInt256.of(250));
    assertThatThrownBy(() -> token.units("0.001")).isInstanceOf(ArithmeticException.class);
    token.approve(alice, bob.address(), UInt256.of(50));
    assertThat(token.allowance(alice.address(), bob.address())).isEqualTo(UInt256.of(50));
    token.transferFrom(bob, alice.address(), bob.address(), UInt256.of(20));
    assertThat(token.allowance(alice.address(), bob.address())).isEqualTo(UInt256.of(30));
    assertThatThrownBy(
            () -> token.transferFrom(bob, alice.address(), bob.address(), UInt256.of(31)))
        .isInstanceOfSatisfying(
            Reverted.class, e -> assertThat(e.is("InsufficientAllowance")).isTrue());
    token.burn(bob, UInt256.of(5));
    assertThat(token.totalSupply()).isEqualTo(UInt256.of(995));
    token.safeTransfer(alice, bob.address(), UInt256.of(1), Bytes.EMPTY);
    assertThatThrownBy(() -> token.safeTransfer(alice, token.address(), UInt256.of(1), Bytes.EMPTY))
        .isInstanceOf(Reverted.class);
    assertThat(token.transfers().where("to", bob.address()).list()).hasSize(2);
  }

  @Test
  void interfacesAreDetected() {
    Token token =
        Token.at(
            client,
            Contract.deploy(alice, PartnerToken.code(), "Test", "TST", 2, UInt256.of(1000))
                .address());
    assertThat(token.interfaces())
        .containsExactlyInAnyOrder(
            TokenInterface.KIP7,
            TokenInterface.KIP7_METADATA,
            TokenInterface.KIP7_BURNABLE,
            TokenInterface.ERC20);
    assertThat(TokenInterface.of(client, bob.address())).isEmpty();
    Contract shapes = Contract.deploy(alice, ContractCode.resource(TokenTest.class, "Shapes"));
    assertThat(TokenInterface.of(client, shapes.address())).isEmpty();
  }

  @Test
  void aUniqueToken() {
    Contract deployed = Contract.deploy(alice, ContractCode.resource(TokenTest.class, "Badge"));
    NonFungibleToken badge = NonFungibleToken.at(client, deployed.address());
    assertThat(badge.interfaces())
        .isEqualTo(Set.of(TokenInterface.KIP17, TokenInterface.KIP17_METADATA));
    UInt256 id = UInt256.of(7);
    badge.mint(alice, bob.address(), id, "ipfs://seven");
    assertThat(badge.name() + " " + badge.symbol()).isEqualTo("Badge BDG");
    assertThat(badge.ownerOf(id)).isEqualTo(bob.address());
    assertThat(badge.uri(id)).isEqualTo("ipfs://seven");
    assertThatThrownBy(() -> badge.transfer(alice, alice.address(), id))
        .isInstanceOf(Reverted.class);
    badge.approveAll(bob, alice.address(), true);
    badge.transfer(bob, alice.address(), id);
    assertThat(badge.balanceOf(alice.address())).isEqualTo(UInt256.ONE);
    assertThat(badge.transfers().where("tokenId", id).list()).hasSize(2);
    assertThatThrownBy(() -> badge.ownerOf(UInt256.of(8)))
        .isInstanceOf(Reverted.class)
        .hasMessageContaining("no such token");
  }

  @Test
  void manyTokensInOneContract() {
    Contract deployed =
        Contract.deploy(alice, ContractCode.resource(TokenTest.class, "Collection"));
    MultiToken tokens = MultiToken.at(client, deployed.address());
    assertThat(tokens.interfaces())
        .contains(TokenInterface.KIP37, TokenInterface.ERC1155, TokenInterface.KIP37_METADATA);
    UInt256 gold = UInt256.of(1);
    UInt256 iron = UInt256.of(2);
    tokens.create(alice, gold, UInt256.of(100), "gold");
    tokens.create(alice, iron, UInt256.of(900), "iron");
    tokens.transfer(alice, bob.address(), gold, UInt256.of(10));
    tokens.transfer(
        alice, bob.address(), List.of(gold, iron), List.of(UInt256.of(1), UInt256.of(2)));
    assertThat(tokens.balancesOf(List.of(bob.address(), bob.address()), List.of(gold, iron)))
        .containsExactly(UInt256.of(11), UInt256.of(2));
    assertThat(tokens.totalSupply(iron)).isEqualTo(UInt256.of(900));
    assertThat(tokens.uri(gold)).contains("{id}");
    assertThat(tokens.transfers().where("to", bob.address()).list()).hasSize(2);
    assertThat(tokens.balanceOf(Address.ZERO, gold)).isEqualTo(UInt256.ZERO);
  }
}
