package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.client.contract.Token;
import dev.klay.client.rpc.RemoteOptions;
import dev.klay.core.explorer.Window;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainUnavailableException;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The chain is gone: every call that waits says so by a typed error, and soon. Only who awaits a
 * receipt waits the whole minute, since the chain may come back.
 */
class UnreachableChainTest {
  private static final RemoteOptions PATIENT =
      RemoteOptions.DEFAULT.withCallTimeout(Duration.ofSeconds(4));
  private static final RemoteOptions IMPATIENT =
      RemoteOptions.DEFAULT.withCallTimeout(Duration.ofMillis(300));

  private static KlayClient client(Connection connection, TestChain chain) {
    return switch (connection) {
      case IN_PROCESS -> KlayClient.of(chain.node());
      case HTTP -> KlayClient.connect("http://127.0.0.1:" + chain.port(), PATIENT);
      case WEB_SOCKET -> KlayClient.connect("ws://127.0.0.1:" + chain.port(), PATIENT);
    };
  }

  @ParameterizedTest
  @EnumSource(Connection.class)
  void everyCallThatWaitsThrowsATypedError(Connection connection) {
    try (TestChain chain = TestChain.open(Connection.IN_PROCESS)) {
      Contract token =
          Contract.deploy(chain.account(0), PartnerToken.code(), "T", "T", 0, 1_000_000);
      SignedTx sent = token.send("transfer", chain.account(1).address(), 1).transaction();
      try (KlayClient client = client(connection, chain)) {
        client.height();
        Map<String, Runnable> calls = calls(client, chain.account(0, client), token, sent);
        chain.node().close();
        List<CompletableFuture<Void>> checks = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(calls.size()); // a socket is awaited
        try {
          calls.forEach(
              (name, call) ->
                  checks.add(
                      CompletableFuture.runAsync(() -> check(connection, name, call), threads)));
          checks.forEach(CompletableFuture::join);
        } finally {
          threads.shutdown();
        }
      }
    }
  }

  private static Map<String, Runnable> calls(
      KlayClient client, Account account, Contract deployed, SignedTx tx) {
    Address someone = account.address();
    Contract contract = Contract.at(account, deployed.address(), deployed.abi());
    Sponsor sponsor = Sponsor.of(account).perDay(Amount.klay(1));
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("height", client::height);
    calls.put("block", () -> client.block(BlockRef.LATEST));
    calls.put("balance", () -> client.balance(someone));
    calls.put("nonce", () -> client.nonce(someone));
    calls.put("account", () -> client.accountState(someone));
    calls.put("gas price", client::gasPrice);
    calls.put("supply", client::supply);
    calls.put("transaction", () -> client.transaction(tx.hash()));
    calls.put("receipt", () -> client.receipt(tx.hash()));
    calls.put("submit", () -> client.send(tx));
    calls.put("send", () -> account.send(someone, Amount.klay(1)));
    calls.put("send all", () -> ensure(account.sendAll(payments(someone))));
    calls.put("cancel", () -> account.cancel(0));
    calls.put("anchor", () -> account.anchor(Bytes.EMPTY));
    calls.put("sponsored", () -> account.paidBy(sponsor).send(someone, Amount.klay(1)));
    calls.put("call", () -> contract.call("balanceOf", someone));
    calls.put("execute", () -> contract.send("transfer", someone, 1));
    calls.put("deploy", () -> Contract.deploy(account, PartnerToken.code(), "T", "T", 0, 1));
    calls.put("token", () -> Token.at(client, contract.address()).balanceOf(someone));
    calls.put("drip", () -> client.faucet().drip(someone));
    calls.put("cooldown", () -> client.faucet().cooldown(someone));
    calls.put("latest blocks", () -> client.explorer().latestBlocks(3));
    calls.put("search", () -> client.explorer().search(tx.hash().toHex()));
    calls.put("tps", () -> client.explorer().tps(Window.minutes(1)));
    calls.put("history", () -> client.explorer().history(someone, 3));
    calls.put("validator", () -> client.explorer().validator("Node01"));
    return calls;
  }

  private static List<Payment> payments(Address to) {
    return List.of(new Payment(to, Amount.klay(1)));
  }

  private static void ensure(BatchReport report) {
    throw report.entries().stream()
        .map(BatchReport.Entry::failure)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  /** A node in this process may be read when it is closed: its last block stays what it was. */
  private static void check(Connection connection, String name, Runnable call) {
    try {
      call.run();
      assertThat(connection)
          .as("%s was answered by a node that is gone", name)
          .isEqualTo(Connection.IN_PROCESS);
    } catch (KlayException typed) {
      assertThat(typed.getMessage()).as(name).isNotBlank();
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsWaitedForNoLongerThanAllowed() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (String scheme : List.of("http", "ws")) {
        String url = scheme + "://127.0.0.1:" + silent.getLocalPort();
        assertThatThrownBy(
                () -> {
                  try (KlayClient client = KlayClient.connect(url, IMPATIENT)) {
                    client.height();
                  }
                })
            .isInstanceOf(ChainUnavailableException.class);
      }
    }
  }
}
