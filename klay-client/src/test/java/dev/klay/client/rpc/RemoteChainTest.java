package dev.klay.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.Account;
import dev.klay.client.Collecting;
import dev.klay.client.Connection;
import dev.klay.client.KlayClient;
import dev.klay.client.TestChain;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.PartnerToken;
import dev.klay.consensus.rpc.RpcEndpoint;
import dev.klay.consensus.rpc.RpcServer;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.call.AccountOverride;
import dev.klay.core.call.BlockOverride;
import dev.klay.core.call.Call;
import dev.klay.core.call.Overrides;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.ChainUnavailableException;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.UnknownBlockException;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only a remote chain can do wrong: other answers than the node's own, and broken wires. */
@Timeout(120)
class RemoteChainTest {
  private static final String SECRET = "a token of sixteen characters";

  private final TestChain chain = TestChain.open(Connection.IN_PROCESS);
  private final ChainService local = chain.client().service();
  private final Account alice = chain.account(0);
  private final Account bob = chain.account(1);

  @AfterEach
  void close() {
    chain.close();
  }

  private RemoteChainService connect() {
    return RemoteChainService.connect("http://127.0.0.1:" + chain.port(), RemoteOptions.DEFAULT);
  }

  @Test
  void everyAnswerIsThatOfTheNodeItself() {
    Contract token = Contract.deploy(alice, PartnerToken.code(), "T", "T", 0, UInt256.of(100));
    Receipt moved = token.send("transfer", bob.address(), 7);
    try (PrivateKey fresh = PrivateKey.generate(new SecureRandom());
        RemoteChainService remote = connect()) {
      bob.updateKey(new AccountKeyPublic(fresh.publicKey()));
      List<Function<ChainService, CompletableFuture<?>>> questions = new ArrayList<>();
      questions.add(ChainService::height);
      questions.add(ChainService::supply);
      questions.add(ChainService::gasPrice);
      questions.add(ChainService::poolCounts);
      for (BlockRef ref :
          List.of(
              BlockRef.LATEST,
              BlockRef.EARLIEST,
              BlockRef.number(2),
              BlockRef.hash(moved.blockHash()))) {
        questions.add(s -> s.block(ref));
        questions.add(s -> s.receipts(ref));
        questions.add(s -> s.balance(bob.address(), ref));
        questions.add(s -> s.nonce(alice.address(), ref));
        questions.add(s -> s.code(token.address(), ref));
        questions.add(s -> s.account(bob.address(), ref));
        questions.add(s -> s.storageAt(token.address(), UInt256.of(2), ref));
        questions.add(s -> s.proof(bob.address(), List.of(), ref));
      }
      questions.add(s -> s.nonce(alice.address(), BlockRef.PENDING));
      questions.add(s -> s.block(BlockRef.number(99)));
      questions.add(s -> s.receipts(BlockRef.number(99)));
      questions.add(s -> s.block(BlockRef.hash(Hash.ZERO)));
      questions.add(s -> s.receipt(moved.hash()));
      questions.add(s -> s.receipt(Hash.ZERO));
      questions.add(s -> s.transaction(moved.hash()));
      questions.add(s -> s.transaction(Hash.ZERO));
      questions.add(s -> s.waiting(alice.address()));
      questions.add(s -> s.history(alice.address(), Optional.empty(), 10));
      questions.add(s -> s.history(alice.address(), Optional.of(moved.location()), 500));
      questions.add(s -> s.feeHistory(3, BlockRef.LATEST, List.of(0.0, 50.0)));
      questions.add(
          s ->
              s.logs(
                  LogFilter.range(BlockRef.EARLIEST, BlockRef.LATEST)
                      .address(token.address())
                      .topic(0, token.abi().event("Transfer").topic())));
      questions.add(s -> s.logs(LogFilter.ofBlock(moved.blockHash())));
      for (Function<ChainService, CompletableFuture<?>> question : questions) {
        assertThat(question.apply(remote).join()).isEqualTo(question.apply(local).join());
      }
      assertThat(remote.info().genesisHash()).isEqualTo(local.info().genesisHash());
      assertThat(remote.info().spec().validators()).isEqualTo(local.info().spec().validators());
      assertThat(remote.info().spec().faucet()).isEqualTo(local.info().spec().faucet());
      assertThat(remote.block(BlockRef.LATEST).join().orElseThrow().block().encode())
          .isEqualTo(local.block(BlockRef.LATEST).join().orElseThrow().block().encode());
    }
  }

  @Test
  void callsOfEveryKindComeToTheSame() {
    Contract token = Contract.deploy(alice, PartnerToken.code(), "T", "T", 0, UInt256.of(100));
    Bytes transfer = token.abi().function("transfer").encodeCall(bob.address(), 7);
    Bytes tooMuch = token.abi().function("transfer").encodeCall(bob.address(), 700);
    TxHead head = new TxHead(0, Amount.ston(25), 0);
    List<Call> calls =
        List.of(
            Call.to(token.address()).from(alice.address()).input(transfer).build(),
            Call.to(token.address()).from(alice.address()).input(tooMuch).build(),
            Call.creation().from(alice.address()).input(Bytes.fromHex("0x60006000fd")).build(),
            Call.to(token.address())
                .from(alice.address())
                .input(transfer)
                .gasPrice(Amount.ston(25))
                .priorityPrice(Amount.ston(1))
                .build(),
            Call.of(
                new AccountUpdateTx(head, FeeDelegation.NONE, alice.address(), AccountKey.FAIL)));
    Overrides overrides =
        Overrides.NONE
            .with(bob.address(), AccountOverride.NONE.withBalance(Amount.klay(5)).withNonce(3))
            .with(
                token.address(),
                AccountOverride.NONE.withStorageChanges(Map.of(UInt256.of(9), UInt256.of(8))))
            .with(BlockOverride.NONE.withNumber(77).withTimeSeconds(1_900_000_000));
    try (RemoteChainService remote = connect()) {
      for (Call call : calls) {
        for (Overrides each : List.of(Overrides.NONE, overrides)) {
          assertThat(remote.call(call, BlockRef.LATEST, each).join())
              .isEqualTo(local.call(call, BlockRef.LATEST, each).join());
        }
        assertThat(remote.estimateGas(call, BlockRef.LATEST).join().getClass())
            .isEqualTo(local.estimateGas(call, BlockRef.LATEST).join().getClass());
      }
      assertThat(remote.estimateGas(calls.get(0), BlockRef.LATEST).join())
          .isEqualTo(local.estimateGas(calls.get(0), BlockRef.LATEST).join());
      assertThat(remote.createAccessList(calls.get(0), BlockRef.LATEST).join())
          .isEqualTo(local.createAccessList(calls.get(0), BlockRef.LATEST).join());
    }
  }

  @Test
  void errorsAreTheNodesOwnTypes() {
    try (RemoteChainService remote = connect()) {
      for (ChainService service : List.of(local, remote)) {
        assertThatThrownBy(() -> service.balance(Address.ZERO, BlockRef.number(99)).join())
            .hasCauseInstanceOf(UnknownBlockException.class);
        assertThatThrownBy(() -> service.history(Address.ZERO, Optional.empty(), 0))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThatThrownBy(
            () -> RemoteChainService.connect("http://127.0.0.1:1", RemoteOptions.DEFAULT))
        .isInstanceOf(ChainUnavailableException.class);
    assertThatThrownBy(
            () ->
                RemoteChainService.connect(
                    "ws://127.0.0.1:1",
                    RemoteOptions.DEFAULT.withCallTimeout(Duration.ofMillis(300))))
        .isInstanceOf(ChainUnavailableException.class);
    assertThatThrownBy(() -> KlayClient.connect("ftp://127.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyCallsAtOnceTravelTogether() {
    try (RemoteChainService remote = connect()) {
      List<CompletableFuture<Amount>> asked =
          IntStream.range(0, 2_000)
              .mapToObj(i -> remote.balance(alice.address(), BlockRef.LATEST))
              .toList();
      assertThat(asked).allSatisfy(a -> assertThat(a.join()).isEqualTo(Amount.klay(10_000)));
    }
  }

  @Test
  void aTokenOpensWhatIsClosedToOthers() {
    RpcEndpoint guarded = RpcEndpoint.loopback(0).withToken(SECRET);
    try (RpcServer server = new RpcServer(chain.node().rpc(), guarded, "guarded", false)) {
      String url = "//127.0.0.1:" + server.address().getPort();
      RemoteOptions patient = RemoteOptions.DEFAULT.withCallTimeout(Duration.ofSeconds(5));
      for (String scheme : List.of("http:", "ws:")) {
        try (KlayClient client = KlayClient.connect(scheme + url, patient.withToken(SECRET))) {
          assertThat(client.height()).isZero();
        }
      }
      assertThatThrownBy(() -> KlayClient.connect("http:" + url, patient))
          .isInstanceOfSatisfying(
              RpcErrorException.class, e -> assertThat(e.code()).isEqualTo(401));
      assertThat(patient.withToken(SECRET).toString()).doesNotContain(SECRET);
    }
  }

  private RpcServer serve(int port) {
    return new RpcServer(chain.node().rpc(), RpcEndpoint.loopback(port), "again", false);
  }

  @Test
  void aStreamOverAConnectionThatBreaksLosesNoneAndDoublesNone() throws InterruptedException {
    for (String scheme : List.of("http", "ws")) {
      long from = chain.client().height() + 1;
      RpcServer server = serve(0);
      int port = server.address().getPort();
      Collecting<BlockView> seen = new Collecting<>(Long.MAX_VALUE);
      try (KlayClient client = KlayClient.connect(scheme + "://127.0.0.1:" + port)) {
        client.blocks(from).subscribe(seen);
        for (int round = 1; round <= 3; round++) {
          alice.send(bob.address(), Amount.klay(1));
          seen.await(2 * round - 1);
          server.close();
          Receipt missed = alice.send(bob.address(), Amount.klay(1));
          CompletableFuture<Receipt> awaited = client.awaitFinalAsync(missed.hash());
          server = serve(port);
          assertThat(awaited.join()).isEqualTo(missed);
          seen.await(2 * round);
        }
        alice.send(bob.address(), Amount.klay(1));
        seen.await(7);
      } finally {
        server.close();
      }
      assertThat(seen.items())
          .extracting(BlockView::height)
          .containsExactlyElementsOf(LongStream.range(from, from + 7).boxed().toList());
      assertThat(seen.isComplete()).isTrue();
    }
  }

  @Test
  void aClosedClientLeavesNothing() {
    for (String scheme : List.of("http", "ws")) {
      KlayClient client = KlayClient.connect(scheme + "://127.0.0.1:" + chain.port());
      Collecting<BlockView> seen = new Collecting<>(5);
      client.blocks(0).subscribe(seen);
      CompletableFuture<Receipt> never = client.awaitFinalAsync(Hash.ZERO);
      client.close();
      assertThatThrownBy(never::join).hasMessageContaining("closed");
      assertThat(seen.isComplete()).isTrue();
      assertThatThrownBy(client::height)
          .isInstanceOf(ChainUnavailableException.class)
          .hasMessageContaining("closed");
      client.close();
    }
    awaitNoThread("klay-client");
  }

  private static void awaitNoThread(String prefix) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.isAlive() && t.getName().startsWith(prefix))) {
      assertThat(System.nanoTime()).as("a thread is left").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Answers as a Klaytn node would: without our own namespace. */
  private MockWebServer foreignNode(Function<String, Optional<MockResponse>> instead)
      throws IOException {
    MockWebServer server = new MockWebServer();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String body = request.getBody().utf8().replace("\"chain_", "\"foreign_");
            return instead
                .apply(body)
                .orElseGet(
                    () ->
                        new MockResponse.Builder()
                            .body(chain.node().rpc().handle(body).join().orElse(""))
                            .build());
          }
        });
    server.start();
    return server;
  }

  @Test
  void aNodeThatIsNoneOfOursWillDo() throws IOException {
    Contract token = Contract.deploy(alice, PartnerToken.code(), "T", "T", 0, UInt256.of(100));
    AccessList none = AccessList.EMPTY;
    alice.send(
        (head, fee) ->
            new DynamicFeeTx(
                0,
                head.nonce(),
                Amount.ston(1),
                head.gasPrice(),
                head.gas(),
                Optional.of(bob.address()),
                Amount.klay(1),
                Bytes.EMPTY,
                none));
    try (MockWebServer server = foreignNode(body -> Optional.empty());
        RemoteChainService remote =
            new RemoteChainService(
                RemoteNode.open(server.url("/").toString(), RemoteOptions.DEFAULT), local.info())) {
      KlayClient client = KlayClient.of(remote);
      Contract same = Contract.at(client, token.address(), token.abi());
      assertThat(same.call("totalSupply").integer(0)).isEqualTo(100);
      assertThatThrownBy(() -> same.by(alice).call("transfer", bob.address(), 700))
          .hasMessageContaining("InsufficientBalance");
      assertThat(client.block(BlockRef.LATEST).orElseThrow().block())
          .isEqualTo(local.block(BlockRef.LATEST).join().orElseThrow().block());
      Call transfer =
          Call.to(token.address())
              .from(alice.address())
              .input(token.abi().function("transfer").encodeCall(bob.address(), 1))
              .build();
      assertThat(client.estimateGas(transfer).getClass())
          .isEqualTo(local.estimateGas(transfer, BlockRef.LATEST).join().getClass());
      assertThatThrownBy(client::supply)
          .isInstanceOfSatisfying(
              RpcErrorException.class, e -> assertThat(e.code()).isEqualTo(-32601));
    }
  }

  @Test
  void lyingAndBrokenNodesAreFoundOut() throws IOException {
    Receipt paid = alice.send(bob.address(), Amount.klay(1));
    Function<String, Optional<MockResponse>> lying =
        body -> {
          if (!body.contains("klay_getTransactionReceipt")) {
            return Optional.empty();
          }
          String honest = chain.node().rpc().handle(body).join().orElse("");
          return Optional.of(
              new MockResponse.Builder()
                  .body(honest.replace("\"value\":\"0xde0b6b3a7640000\"", "\"value\":\"0x1\""))
                  .build());
        };
    assertFails(lying, s -> s.receipt(paid.hash()), DecodingException.class);
    for (MockResponse broken :
        List.of(
            new MockResponse.Builder().body("no json").build(),
            new MockResponse.Builder().body("").build(),
            new MockResponse.Builder().code(503).build(),
            new MockResponse.Builder().body("{\"id\":0}").build(),
            new MockResponse.Builder().body("[]").build())) {
      assertFails(body -> Optional.of(broken), ChainService::height, KlayException.class);
    }
  }

  private void assertFails(
      Function<String, Optional<MockResponse>> answers,
      Function<ChainService, CompletableFuture<?>> question,
      Class<? extends Throwable> failure)
      throws IOException {
    try (MockWebServer server = foreignNode(answers);
        RemoteChainService remote =
            new RemoteChainService(
                RemoteNode.open(server.url("/").toString(), RemoteOptions.DEFAULT), local.info())) {
      assertThatThrownBy(() -> question.apply(remote).join()).hasCauseInstanceOf(failure);
    }
  }
}
