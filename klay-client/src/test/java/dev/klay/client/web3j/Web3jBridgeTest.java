package dev.klay.client.web3j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.Account;
import dev.klay.client.Connection;
import dev.klay.client.KlayChain;
import dev.klay.client.TestChain;
import dev.klay.core.transaction.NewTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.response.EthBlockNumber;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import org.web3j.protocol.core.methods.response.EthSubscribe;
import org.web3j.protocol.websocket.events.NewHeadsNotification;

/** What web3j does beside its wrappers, on a node of this process. */
@Timeout(120)
class Web3jBridgeTest {
  private final TestChain chain = TestChain.open(Connection.IN_PROCESS);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final KlayWeb3jService service = KlayWeb3jService.of(chain.node());
  private final Web3j web3j = Web3j.build(service, 50, timer);
  private final String alice = chain.account(0).address().toHex();

  @AfterEach
  void close() {
    web3j.shutdown();
    timer.shutdownNow();
    chain.close();
  }

  @Test
  void batchesSubscriptionsAndErrors() throws Exception {
    var answers =
        web3j
            .newBatch()
            .add(web3j.ethBlockNumber())
            .add(web3j.ethGetBalance(alice, DefaultBlockParameterName.LATEST))
            .send()
            .getResponses();
    assertThat(((EthBlockNumber) answers.get(0)).getBlockNumber()).isZero();
    assertThat(((EthGetBalance) answers.get(1)).getBalance())
        .isEqualTo(Amount.klay(10_000).peb().toBigInteger());

    Request<Object, EthSubscribe> heads =
        new Request<>("eth_subscribe", List.of("newHeads"), service, EthSubscribe.class);
    var seen =
        service
            .subscribe(heads, "eth_unsubscribe", NewHeadsNotification.class)
            .map(head -> head.getParams().getResult().getNumber())
            .take(3)
            .toList()
            .toFuture();
    Account sender = chain.account(2);
    for (int i = 0; i < 3; i++) {
      sender.send(chain.account(3).address(), Amount.klay(1));
    }
    assertThat(seen.get()).containsExactly("0x1", "0x2", "0x3");

    Request<Object, EthBlockNumber> wrong =
        new Request<>("eth_nothing", List.of(), service, EthBlockNumber.class);
    assertThat(wrong.send().getError().getCode()).isEqualTo(-32601);
    Request<Object, EthSubscribe> nonsense =
        new Request<>("eth_subscribe", List.of("nonsense"), service, EthSubscribe.class);
    assertThatThrownBy(
            () ->
                service
                    .subscribe(nonsense, "eth_unsubscribe", NewHeadsNotification.class)
                    .blockingFirst())
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void whatWeb3jHasNoMethodFor() throws Exception {
    KlaytnRequests klaytn = new KlaytnRequests(service);
    assertThat(klaytn.council().send().getResult()).hasSize(1);
    assertThat(klaytn.parameters().send().getResult())
        .containsEntry("kip71.lowerboundbasefee", 25_000_000_000L);
    assertThat(klaytn.account(alice).send().getResult()).containsEntry("accType", 1);
    try (PrivateKey key = KlayChain.devKeys(KlayChain.DEV_MNEMONIC.toCharArray(), 1).get(0)) {
      String encoded =
          NewTx.valueTransfer()
              .from(key.address())
              .to(chain.account(1).address())
              .value(Amount.klay(1))
              .nonce(0)
              .gasPrice(Amount.ston(25))
              .gas(21_000)
              .sign(1000, key)
              .encode()
              .toHex();
      String hash = klaytn.sendRawTransaction(encoded).send().getResult();
      assertThat(klaytn.receipt(hash).send().getResult())
          .containsEntry("type", "TxTypeValueTransfer")
          .containsEntry("status", "0x1");
      assertThat(klaytn.accountKey(alice).send().getResult()).containsKey("keyType");
      assertThat(klaytn.transaction(hash).send().getResult()).containsEntry("hash", hash);
      assertThat(klaytn.receiptBySenderHash(hash).send().getResult())
          .containsEntry("transactionHash", hash);
      assertThat(klaytn.sealedBlock(1).send().getResult()).containsKeys("proposer", "committee");
      assertThat(klaytn.committee().send().getResult()).hasSize(1);
      assertThat(klaytn.rewards(1).send().getResult()).containsKeys("minted", "rewards");
    }
  }
}
