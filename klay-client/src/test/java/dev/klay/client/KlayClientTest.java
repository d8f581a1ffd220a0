package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.faucet.FaucetCooldownException;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.explorer.SearchResult;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.InvalidAddressException;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Connection.class)
class KlayClientTest {
  private final TestChain chain;
  private final KlayClient client;
  private final Account alice;
  private final Account bob;

  KlayClientTest(Connection connection) {
    chain = TestChain.open(connection);
    client = chain.client();
    alice = chain.account(0);
    bob = chain.newAccount();
  }

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void theFirstAccountsAreThoseOfEveryDevelopmentTool() {
    assertThat(alice.address())
        .isEqualTo(Address.parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"));
    assertThat(alice.balance()).isEqualTo(Amount.klay(10_000));
  }

  @Tag("S1")
  @Tag("S17")
  @Tag("S23")
  @Test
  void aTransferCostsTheFixedFeeAndIsFinalWhenSendReturns() {
    Receipt paid = alice.send(bob.address(), Amount.klay("1.5"));

    assertThat(paid.isSuccess()).isTrue();
    assertThat(paid.fee()).isEqualTo(Amount.klay("0.000525"));
    assertThat(paid.finality().verify(client.info().spec().validators())).isTrue();
    assertThat(bob.balance()).isEqualTo(Amount.klay("1.5"));
    assertThat(alice.balance()).isEqualTo(Amount.klay("9998.499475"));
    assertThat(alice.nonce()).isEqualTo(1);
    assertThat(client.receipt(paid.hash())).contains(paid);
    assertThat(client.transaction(paid.hash()).orElseThrow().isPending()).isFalse();
    assertThat(client.balance(bob.address(), BlockRef.EARLIEST)).isEqualTo(Amount.ZERO);
    assertThat(client.block(BlockRef.hash(paid.blockHash())).orElseThrow().height())
        .isEqualTo(paid.blockNumber());
  }

  @Tag("S24")
  @Test
  void aFeeLimitIsCheckedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> alice.send(bob.address(), Amount.klay(1), FeeLimit.of("0.0005")))
        .isInstanceOf(FeeLimitExceededException.class)
        .hasMessageContaining("0.000525");
    assertThat(client.height()).isZero();
    assertThat(alice.send(bob.address(), Amount.klay(1), FeeLimit.of("0.000525")).isSuccess())
        .isTrue();
  }

  @Test
  void aRefusalNamesItsReasonAndLeavesNoGap() {
    assertThatThrownBy(() -> alice.send(bob.address(), Amount.klay(10_000)))
        .isInstanceOfSatisfying(
            TransactionRejectedException.class,
            e -> assertThat(e.reason()).isEqualTo(RejectionReason.INSUFFICIENT_FUNDS));
    assertThatThrownBy(() -> bob.send(alice.address(), Amount.ZERO))
        .isInstanceOf(TransactionRejectedException.class);
    assertThat(alice.send(bob.address(), Amount.klay(1)).isSuccess()).isTrue();
  }

  @Test
  void manyThreadsMaySendFromOneAccount() {
    List<CompletableFuture<Receipt>> sent =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> alice.sendAsync(bob.address(), Amount.klay("0.01")))
            .toList();
    sent.forEach(CompletableFuture::join);
    assertThat(bob.balance()).isEqualTo(Amount.klay(2));
    assertThat(alice.nonce()).isEqualTo(200);
  }

  @Test
  void aMemoStandsInTheBlock() {
    Bytes memo = Bytes.wrap("invoice 7".getBytes(StandardCharsets.UTF_8));
    Receipt receipt = alice.sendMemo(bob.address(), Amount.ZERO, memo, FeeLimit.of("0.01"));
    assertThat(receipt.transaction().tx().input()).isEqualTo(memo);
    assertThat(receipt.gasUsed()).isEqualTo(21_900);
  }

  @Test
  void blocksCanBeFollowedFromAnyHeight() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      alice.send(bob.address(), Amount.klay(1));
    }
    List<Long> seen = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(8);
    client
        .blocks(3)
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(8);
              }

              @Override
              public void onNext(BlockView block) {
                seen.add(block.height());
                all.countDown();
              }

              @Override
              public void onError(Throwable failure) {
                throw new AssertionError(failure);
              }

              @Override
              public void onComplete() {}
            });
    for (int i = 0; i < 5; i++) {
      alice.send(bob.address(), Amount.klay(1));
    }
    all.await();
    assertThat(seen).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Tag("S15")
  @Test
  void theExplorerFindsWhatATextNames() {
    Receipt paid = alice.send(bob.address(), Amount.klay(1));
    var explorer = client.explorer();
    assertThat(explorer.search("1").orElseThrow()).isInstanceOf(SearchResult.OfBlock.class);
    assertThat(explorer.search(paid.blockHash().toHex()).orElseThrow())
        .isInstanceOf(SearchResult.OfBlock.class);
    assertThat(explorer.search(paid.hash().toHex()).orElseThrow())
        .isInstanceOf(SearchResult.OfTransaction.class);
    assertThat(explorer.search(bob.address().toString()).orElseThrow())
        .isInstanceOf(SearchResult.OfAccount.class);
    assertThat(explorer.search("nonsense")).isEmpty();
    assertThat(explorer.search("77")).isEmpty();
    assertThat(explorer.transaction(Hash.ZERO)).isEmpty();
    assertThat(explorer.history(bob.address(), 10)).containsExactly(paid);
    assertThat(explorer.validator("Node01").orElseThrow().proposed()).isEqualTo(1);
  }

  @Test
  void theFaucetGivesAndMakesWait() {
    Account poor = chain.newAccount();
    client.faucet().drip(poor.address());
    assertThat(poor.balance()).isEqualTo(Amount.klay(1_000));
    assertThat(client.faucet().cooldown(poor.address())).isEqualTo(900);
    assertThatThrownBy(() -> client.faucet().drip(poor.address()))
        .isInstanceOf(FaucetCooldownException.class);
  }

  @Test
  void everythingCanBeAskedWithoutWaiting() {
    Receipt paid = alice.send(bob.address(), Amount.klay(1));
    assertThat(client.heightAsync().join()).isEqualTo(1);
    assertThat(client.blockAsync(BlockRef.LATEST).join().orElseThrow().height()).isEqualTo(1);
    assertThat(client.balanceAsync(bob.address(), BlockRef.LATEST).join())
        .isEqualTo(Amount.klay(1));
    assertThat(client.nonceAsync(alice.address()).join()).isEqualTo(1);
    assertThat(client.accountStateAsync(alice.address()).join().orElseThrow().nonce()).isEqualTo(1);
    assertThat(client.gasPriceAsync().join()).isEqualTo(Amount.ston(25));
    assertThat(client.supplyAsync().join()).isEqualTo(client.supply());
    assertThat(client.receiptAsync(paid.hash()).join()).contains(paid);
    assertThat(client.transactionAsync(paid.hash()).join().orElseThrow().receipt()).contains(paid);
  }

  @Tag("S18")
  @Test
  void supplyIsGenesisPlusMintedMinusBurnt() {
    Amount genesis = client.supply();
    alice.send(bob.address(), Amount.klay(1));
    assertThat(client.supply())
        .isEqualTo(genesis.plus(Amount.klay("9.6")).minus(Amount.klay("0.0002625")));
  }

  @Tag("S27")
  @Test
  void aTypoInAnAddressIsRefusedBeforeAnythingIsSigned() {
    assertThatThrownBy(() -> Address.parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92267"))
        .isInstanceOf(InvalidAddressException.class);
  }

  @Test
  void whoWaitsIsToldWhenTheNodeCloses() {
    CompletableFuture<Receipt> never = client.awaitFinalAsync(Hash.ZERO);
    chain.close();
    assertThatThrownBy(never::join).hasMessageContaining("closed");
    Account other = client.account(PrivateKey.generate(new SecureRandom()));
    assertThatThrownBy(() -> other.send(bob.address(), Amount.ZERO))
        .isInstanceOf(KlayException.class)
        .hasMessageContaining("closed");
  }
}
