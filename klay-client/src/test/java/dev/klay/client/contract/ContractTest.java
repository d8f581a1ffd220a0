package dev.klay.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.Account;
import dev.klay.client.Collecting;
import dev.klay.client.Connection;
import dev.klay.client.KlayClient;
import dev.klay.client.NewTransaction;
import dev.klay.client.Reverted;
import dev.klay.client.TestChain;
import dev.klay.client.abi.Abi;
import dev.klay.client.abi.AbiTuple;
import dev.klay.client.abi.DecodedLog;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Connection.class)
class ContractTest {
  private static final Order ORDER =
      new Order(
          7,
          List.of(
              new Item("apple", List.of(BigInteger.ONE, BigInteger.TEN), Address.ZERO),
              new Item("", List.of(), PartnerToken.OKAKA.issuer())),
          List.of(Bytes.fromHex("0x01020304"), Bytes.fromHex("0xffffffff")),
          true);

  private final Connection connection;
  private TestChain chain;
  private KlayClient client;
  private Account alice;
  private Account bob;
  private Contract shapes;

  record Item(String name, List<BigInteger> amounts, Address owner) {}

  record Order(long id, List<Item> items, List<Bytes> tags, boolean open) {}

  ContractTest(Connection connection) {
    this.connection = connection;
  }

  @BeforeEach
  void deploy() {
    chain = TestChain.open(connection);
    client = chain.client();
    alice = chain.account(0);
    bob = chain.account(1);
    shapes = Contract.deploy(alice, ContractCode.resource(ContractTest.class, "Shapes"));
  }

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void valuesOfEveryShapeComeBackAsTheyWent() {
    AbiTuple order = shapes.call("order", ORDER).tuple(0);
    assertThat(order.integer("id")).isEqualTo(7);
    assertThat(((AbiTuple) order.list("items").get(0)).list("amounts"))
        .isEqualTo(List.of(BigInteger.ONE, BigInteger.TEN));
    AbiTuple all = shapes.call("orders", List.of(ORDER, ORDER));
    assertThat(all.list(0)).hasSize(2);
    assertThat(all.integer(1)).isEqualTo(2);
    AbiTuple grid =
        shapes.call(
            "grid",
            new int[][] {{-1, 2, -32768}, {4, 5, 6}},
            List.of(List.of("a", "\uc544\uc2a4\ud39c"), List.of()));
    assertThat(grid.list(0).get(0).toString()).isEqualTo("[-1, 2, -32768]");
    assertThat(grid.list(1)).isEqualTo(List.of(List.of("a", "\uc544\uc2a4\ud39c"), List.of()));
    assertThat(shapes.call("mixed", true, Hash.ZERO, Bytes.EMPTY, -5).values())
        .isEqualTo(List.of(true, Hash.ZERO.toBytes(), Bytes.EMPTY, BigInteger.valueOf(-5)));
    assertThat(shapes.call("overloaded(uint256,uint256)", 2, 3).integer(0)).isEqualTo(5);
  }

  @Test
  void whatASentFunctionWouldReturnCanBeAskedForAndThenSent() {
    Amount price = Amount.klay("0.5");
    BigInteger before = shapes.call("paid").integer(0);
    Contract paying = shapes.by(bob).paying(price);
    assertThat(paying.call("buy", price).integer(0))
        .isEqualTo(before.add(price.peb().toBigInteger()));
    Receipt bought = paying.send("buy", price);
    assertThat(bought.isSuccess()).isTrue();
    assertThat(bought.from()).isEqualTo(bob.address());
    assertThat(bought.transaction().tx()).isInstanceOf(ExecutionTx.class);
    assertThat(shapes.call("paid").amount(0)).isEqualTo(Amount.peb(before).plus(price));
    assertThat(shapes.asOf(BlockRef.number(bought.blockNumber() - 1)).call("paid").integer(0))
        .isEqualTo(before);
  }

  @Test
  void aCustomErrorComesDecodedAndNothingWasSent() {
    long height = client.height();
    assertThatThrownBy(() -> shapes.by(bob).send("buy", Amount.klay(3)))
        .isInstanceOfSatisfying(
            Reverted.class,
            e -> {
              assertThat(e.is("TooPoor")).isTrue();
              assertThat(e.receipt()).isEmpty();
              assertThat(e.arguments().orElseThrow().address("buyer")).isEqualTo(bob.address());
              assertThat(e.arguments().orElseThrow().amount("price")).isEqualTo(Amount.klay(3));
              assertThat(e).hasMessageContaining("TooPoor(buyer=" + bob.address());
            });
    assertThat(client.height()).isEqualTo(height);
    assertThatThrownBy(() -> shapes.call("refuse", ORDER))
        .isInstanceOfSatisfying(
            Reverted.class,
            e -> assertThat(e.arguments().orElseThrow().tuple("order").integer("id")).isEqualTo(7));
  }

  @Test
  void everyWayToFailIsTold() {
    assertThatThrownBy(() -> shapes.call("fail", 0))
        .isInstanceOfSatisfying(Reverted.class, e -> assertThat(e.is("Silent")).isTrue());
    assertThatThrownBy(() -> shapes.call("fail", 1))
        .isInstanceOfSatisfying(
            Reverted.class, e -> assertThat(e.reason()).contains("one is refused"));
    assertThatThrownBy(() -> shapes.call("fail", 2))
        .isInstanceOfSatisfying(
            Reverted.class,
            e -> {
              assertThat(e.panic()).contains(BigInteger.valueOf(0x32));
              assertThat(e).hasMessageContaining("index out of bounds");
            });
    assertThatThrownBy(() -> shapes.call("fail", 3))
        .isInstanceOfSatisfying(Reverted.class, e -> assertThat(e.data()).isEqualTo(Bytes.EMPTY))
        .hasMessageContaining("no reason given");
    Contract unknowing = Contract.at(client, shapes.address(), Abi.of("function fail(uint256)"));
    assertThatThrownBy(() -> unknowing.call("fail", 0))
        .isInstanceOf(Reverted.class)
        .hasMessageContaining("unknown error 0x");
  }

  @Test
  void aTransactionThatFailsInItsBlockTellsWhyToo() {
    Bytes input = shapes.abi().function("fail").encodeCall(1);
    NewTransaction failing =
        (head, fee) ->
            new ExecutionTx(head, fee, bob.address(), shapes.address(), Amount.ZERO, input);
    assertThatThrownBy(() -> bob.send(100_000, failing))
        .isInstanceOfSatisfying(
            Reverted.class,
            e -> {
              assertThat(e.reason()).contains("one is refused");
              assertThat(e.receipt().orElseThrow().isSuccess()).isFalse();
            });
  }

  @Test
  void whereThereIsNoContractThereIsNoAnswer() {
    Contract nobody = Contract.at(client, bob.address(), shapes.abi());
    assertThatThrownBy(() -> nobody.call("paid")).isInstanceOf(DecodingException.class);
    assertThatThrownBy(() -> nobody.by(alice).send("warm", 1))
        .isInstanceOfAny(TransactionRejectedException.class, Reverted.class);
    assertThatThrownBy(() -> shapes(null).send("warm", 1))
        .isInstanceOf(IllegalStateException.class);
  }

  private Contract shapes(Account sender) {
    Contract plain = Contract.at(client, shapes.address(), shapes.abi());
    return sender == null ? plain : plain.by(sender);
  }

  @Test
  void theLogsOfAReceiptAreDecoded() {
    Receipt placed = shapes.send("place", ORDER, "blue");
    List<DecodedLog> logs = shapes.events(placed);
    assertThat(logs).extracting(DecodedLog::name).containsExactly("Placed", "Plain");
    AbiTuple order = logs.get(0).arguments();
    assertThat(order.integer("id")).isEqualTo(7);
    assertThat(order.get("label"))
        .isEqualTo(Keccak256.hash("blue".getBytes(StandardCharsets.UTF_8)));
    assertThat(order.tuple("order").integer("id")).isEqualTo(7);
    assertThat(logs.get(1).arguments().address("who")).isEqualTo(alice.address());
  }

  @Test
  void pastEventsAreFoundByTheirIndexedArguments() {
    Receipt red = shapes.send("place", ORDER, "red");
    List<ContractEvent> found = shapes.events("Placed").where("label", "red").where("id", 7).list();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).transaction()).isEqualTo(red.hash());
    assertThat(found.get(0).cursor()).isEqualTo(new EventCursor(red.blockNumber(), 0));
    assertThat(shapes.events("Placed").where("amounts", ORDER.items().get(0).amounts()).list())
        .isNotEmpty();
    assertThat(shapes.events("Placed").where("label", "green").list()).isEmpty();
    assertThat(shapes.events("Placed", "Plain").fromBlock(red.blockNumber()).list()).hasSize(2);
    assertThat(shapes.events("Plain").after(found.get(0).cursor()).list()).hasSize(1);
    assertThatThrownBy(() -> shapes.events("Placed").where("order", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(EventCursor.parse("12/3")).isEqualTo(new EventCursor(12, 3));
  }

  @Test
  void aStreamOfEventsLosesNoneAndDoublesNoneWhenResumed() throws InterruptedException {
    long from = client.height() + 1;
    Collecting<ContractEvent> first = new Collecting<>(3);
    shapes.events("Plain").fromBlock(from).stream().subscribe(first);
    List<CompletableFuture<Receipt>> sent =
        IntStream.range(0, 10).mapToObj(i -> shapes.sendAsync("place", ORDER, "n" + i)).toList();
    sent.forEach(CompletableFuture::join);
    List<ContractEvent> seen = first.await(3);
    assertThat(first.items()).hasSize(3);
    first.cancel();

    Collecting<ContractEvent> second = new Collecting<>(1);
    shapes.events("Plain").after(seen.get(2).cursor()).stream().subscribe(second);
    second.request(100);
    second.await(7);
    shapes.send("place", ORDER, "last");
    List<ContractEvent> rest = second.await(8);
    second.cancel();
    seen.addAll(rest);
    assertThat(seen)
        .extracting(e -> new String(e.arguments().bytes("data").toArray(), StandardCharsets.UTF_8))
        .containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "last");
  }

  @Test
  void aConstructorThatRefusesIsTold() {
    assertThatThrownBy(() -> Contract.deploy(alice, PartnerToken.code(), "name"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                Contract.deploy(
                    alice, Amount.klay(1), ContractCode.resource(ContractTest.class, "Shapes")))
        .isInstanceOf(Reverted.class);
    Account poor = chain.newAccount();
    assertThatThrownBy(
            () -> Contract.deploy(poor, ContractCode.resource(ContractTest.class, "Shapes")))
        .hasMessageContaining(RejectionReason.INSUFFICIENT_FUNDS.message().strip());
  }

  @Test
  void compiledCodeIsReadFromTheArtifactsOfTools() {
    ContractCode code = ContractCode.resource(ContractTest.class, "Badge");
    assertThat(
            ContractCode.parseArtifact(
                "{\"abi\":[],\"bytecode\":{\"object\":\"" + code.initCode() + "\"}}"))
        .extracting(ContractCode::initCode)
        .isEqualTo(code.initCode());
    assertThatThrownBy(() -> ContractCode.parseArtifact("{\"abi\":[]}"))
        .isInstanceOf(DecodingException.class);
    assertThatThrownBy(() -> ContractCode.parse("[]", "60__$abc$__"))
        .hasMessageContaining("not linked");
    assertThatThrownBy(() -> ContractCode.parse("[]", "")).hasMessageContaining("no code");
  }

  @ContractAbi(resource = "Shapes.abi")
  interface Shapes {
    Order order(Order order);

    List<Order> orders(List<Order> orders, String unused);

    Contract contract();
  }

  @ContractAbi({
    "function order((uint64 id, (string name, uint256[] amounts, address owner)[] items,"
        + " bytes4[2] tags, bool open) o) pure returns ((uint64 id, (string name, uint256[] amounts,"
        + " address owner)[] items, bytes4[2] tags, bool open))",
    "function buy(uint256 price) payable returns (uint256)",
    "function paid() view returns (uint256)",
    "function warm(int256 by) returns (int256)",
    "function temperature() view returns (int256)",
    "function overloaded(uint256, uint256) pure returns (uint256)",
    "function fail(uint256 how) view returns (uint256)",
    "error Silent()"
  })
  interface Shop {
    Order order(Order order);

    Receipt buy(Account buyer, @Sent Amount sent, Amount price);

    Amount paid();

    @ContractFunction("paid")
    CompletableFuture<Amount> paidAsync();

    void warm(long by);

    @ContractFunction("warm")
    CompletableFuture<Receipt> warmAsync(Account who, long by);

    long temperature();

    int overloaded(int a, int b);

    long fail(int how);

    Contract contract();

    default int doubled(int a) {
      return overloaded(a, a);
    }
  }

  @Test
  void anAnnotatedInterfaceIsAContract() {
    Shop shop = Contracts.bind(Shop.class, alice, shapes.address());
    assertThat(shop.order(ORDER)).isEqualTo(ORDER);
    Amount before = shop.paid();
    Receipt bought = shop.buy(bob, Amount.klay(2), Amount.klay(1));
    assertThat(bought.from()).isEqualTo(bob.address());
    assertThat(shop.paidAsync().join()).isEqualTo(before.plus(Amount.klay(2)));
    long temperature = shop.temperature();
    shop.warm(-3);
    shop.warmAsync(bob, 1).join();
    assertThat(shop.temperature()).isEqualTo(temperature - 2);
    assertThat(shop.doubled(21)).isEqualTo(42);
    assertThat(shop.contract().address()).isEqualTo(shapes.address());
    assertThat(shop).hasToString("Shop " + shapes.address());
    assertThat(List.of(shop)).contains(shop);
    assertThatThrownBy(() -> shop.fail(0))
        .isInstanceOfSatisfying(Reverted.class, e -> assertThat(e.is("Silent")).isTrue());
  }

  @Test
  void anInterfaceThatDoesNotFitIsRefusedAtOnce() {
    assertThatThrownBy(() -> Contracts.bind(Shapes.class, alice, shapes.address()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("orders");
    assertThatThrownBy(() -> Contracts.bind(Runnable.class, alice, shapes.address()))
        .hasMessageContaining("@ContractAbi");
  }
}
