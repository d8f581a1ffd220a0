package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.client.contract.Token;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.explorer.Explorer;
import dev.klay.core.explorer.SearchResult;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TxView;
import dev.klay.core.transaction.TxType;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of SEED.md about Klaytnscope, on every way to a chain. */
@ParameterizedClass
@EnumSource(Connection.class)
class SeedExplorerTest {
  private final TestChain chain;
  private final KlayClient client;
  private final Explorer explorer;
  private final Account alice;
  private final Account bob;

  SeedExplorerTest(Connection connection) {
    chain = TestChain.open(connection);
    client = chain.client();
    explorer = client.explorer();
    alice = chain.account(0);
    bob = chain.newAccount();
  }

  @AfterEach
  void close() {
    chain.close();
  }

  /** S13: the next page starts below the last block of this one, whatever arrives meanwhile. */
  @Tag("S13")
  @Test
  void blocksAreListedNewestFirstInPagesThatStayWhatTheyAre() {
    List<Receipt> paid = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      paid.add(alice.send(bob.address(), Amount.klay(1)));
    }
    List<BlockView> first = explorer.latestBlocks(4);
    assertThat(first).extracting(BlockView::height).containsExactly(9L, 8L, 7L, 6L);
    alice.send(bob.address(), Amount.klay(1)); // arrives between two pages
    List<BlockView> second = explorer.blocksDownFrom(first.get(3).height() - 1, 4);
    assertThat(second).extracting(BlockView::height).containsExactly(5L, 4L, 3L, 2L);
    assertThat(explorer.blocksDownFrom(9, 4)).isEqualTo(first);

    BlockView block = first.get(1);
    Receipt inside = paid.get(7);
    assertThat(block.hash()).isEqualTo(inside.blockHash());
    assertThat(block.proposer()).isEqualTo("Node01");
    assertThat(block.transactionCount()).isEqualTo(1);
    assertThat(block.gasUsed()).isEqualTo(21_000);
    assertThat(block.time()).isBetween(second.get(0).time(), first.get(0).time());
    assertThat(block.time()).isAfter(Instant.parse("2018-10-08T00:00:00Z"));
  }

  /** S14. */
  @Tag("S14")
  @Test
  void aTransactionIsShownInAllItsParts() {
    Sponsor sponsor = Sponsor.of(chain.account(3)).perDay(Amount.klay(1));
    Bytes memo = Bytes.wrap("invoice 7".getBytes(StandardCharsets.UTF_8));
    Receipt sent =
        alice.paidBy(sponsor).sendMemo(bob.address(), Amount.klay(2), memo, FeeLimit.of("0.01"));
    TxView shown = explorer.transaction(sent.hash()).orElseThrow();
    assertThat(shown.isPending()).isFalse();
    Receipt receipt = shown.receipt().orElseThrow();
    assertThat(receipt.status()).isEqualTo(1);
    assertThat(receipt.blockNumber()).isEqualTo(1);
    assertThat(receipt.blockHash()).isEqualTo(explorer.block(1).orElseThrow().hash());
    assertThat(receipt.from()).isEqualTo(alice.address());
    assertThat(receipt.to()).contains(bob.address());
    assertThat(shown.transaction().tx().value()).isEqualTo(Amount.klay(2));
    assertThat(receipt.fee()).isEqualTo(Amount.ston(25).times(21_000 + 900 + 10_000));
    assertThat(shown.transaction().type()).isEqualTo(TxType.FEE_DELEGATED_MEMO);
    assertThat(shown.transaction().feePayer()).contains(chain.account(3).address());
    assertThat(shown.transaction().tx().input()).isEqualTo(memo);
    assertThat(receipt.logs()).isEmpty();

    Contract token = Contract.deploy(alice, PartnerToken.code(), "T", "T", 0, 10);
    Receipt moved = token.send("transfer", bob.address(), 3);
    TxView call = explorer.transaction(moved.hash()).orElseThrow();
    assertThat(call.receipt().orElseThrow().logs()).hasSize(1);
    assertThat(call.receipt().orElseThrow().logs().get(0).address()).isEqualTo(token.address());
    assertThat(explorer.transaction(Hash.ZERO)).isEmpty();
  }

  /** S15; a token's symbol, beside what {@code KlayClientTest} looks for. */
  @Tag("S15")
  @Test
  void aTokenIsFoundByItsSymbol() {
    assertThat(explorer.search("OKAKA")).isEmpty();
    alice.send(PartnerToken.OKAKA.issuer(), Amount.klay(10));
    Token okaka = PartnerToken.OKAKA.deploy(client);
    assertThat(explorer.search(" OKAKA "))
        .contains(new SearchResult.OfToken("OKAKA", List.of(okaka.address())));

    Contract same = Contract.deploy(alice, PartnerToken.code(), "Fake", "OKAKA", 0, 10);
    Contract own = Contract.deploy(alice, PartnerToken.code(), "Own", "OWN", 0, 10);
    own.send("transfer", bob.address(), 1);
    same.send("transfer", bob.address(), 1);
    assertThat(explorer.search("OWN"))
        .contains(new SearchResult.OfToken("OWN", List.of(own.address())));
    assertThat(explorer.search("OKAKA")) // the partner's own first
        .contains(new SearchResult.OfToken("OKAKA", List.of(okaka.address(), same.address())));
    assertThat(explorer.search("okaka")).isEmpty();
    assertThat(explorer.search("x".repeat(100))).isEmpty();
  }

  /** S41: the specification and the tokens that can be issued know of each other. */
  @Tag("S41")
  @Test
  void theSpecificationNamesThePartnerTokens() {
    assertThat(ChainSpec.aspen().partnerTokens())
        .containsExactly("RASPUTIN", "IRENE", "OKAKA")
        .containsExactlyElementsOf(
            List.of(PartnerToken.values()).stream().map(PartnerToken::name).toList());
  }
}
