package dev.klay.client.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.Account;
import dev.klay.client.Collecting;
import dev.klay.client.Connection;
import dev.klay.client.FeeLimit;
import dev.klay.client.KlayChain;
import dev.klay.client.KlayClient;
import dev.klay.client.Reverted;
import dev.klay.client.TestChain;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.ContractAbi;
import dev.klay.client.contract.ContractCode;
import dev.klay.client.contract.ContractEvent;
import dev.klay.client.contract.EventCursor;
import dev.klay.client.contract.PartnerToken;
import dev.klay.client.contract.Token;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of docs/application-developer.md. */
class ApplicationDeveloperPageTest {
  private final TestChain network = TestChain.open(Connection.IN_PROCESS);
  private final KlayClient client = network.client();
  private final Account alice = network.account(0);
  private final Account bob = network.account(1);

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void firstTransfer() {
    // page
    try (KlayChain chain = KlayChain.inMemory()) {
      Account alice = chain.account(0); // deterministic, funded
      Account bob = chain.newAccount();
      Receipt paid = alice.send(bob.address(), Amount.klay("1.5"), FeeLimit.of("0.001"));
      System.out.println(paid.fee()); // 0.000525 KLAY
    }
    // end
  }

  @Test
  void remote() {
    int port = network.port();
    // page
    try (KlayClient client = KlayClient.connect("ws://127.0.0.1:" + port)) {
      System.out.println(client.info().spec().name() + " is at " + client.height());
    }
    // end
  }

  @Test
  void deployCallSend() {
    // page
    ContractCode code = ContractCode.resource(PartnerToken.class, "PartnerToken");
    Contract token = Contract.deploy(alice, code, "Points", "PTS", 0, UInt256.of(1_000));
    Receipt sent = token.send("transfer", bob.address(), 25);
    System.out.println(token.call("balanceOf", bob.address()).integer(0)); // 25
    System.out.println(token.events(sent)); // [Transfer(from=0xf39F.., to=0x7099.., value=25)]
    // end
    assertThat(token.call("balanceOf", bob.address()).integer(0)).isEqualTo(25);
    assertThat(token.events(sent).get(0).name()).isEqualTo("Transfer");

    // page
    try {
      token.by(bob).send("transfer", alice.address(), 26);
    } catch (Reverted e) {
      if (e.is("InsufficientBalance")) {
        System.out.println("only " + e.arguments().orElseThrow().integer("balance"));
      }
    }
    // end
    assertThatThrownBy(() -> token.by(bob).send("transfer", alice.address(), 26))
        .isInstanceOf(Reverted.class);

    // page
    Points points = token.as(Points.class);
    points.transfer(bob, alice.address(), 5); // sent by Bob
    System.out.println(points.balanceOf(bob.address())); // 20
    // end
    assertThat(points.balanceOf(bob.address())).isEqualTo(20);
  }

  // page
  @ContractAbi({
    "function balanceOf(address owner) view returns (uint256)",
    "function transfer(address to, uint256 amount) returns (bool)"
  })
  interface Points {
    long balanceOf(Address owner);

    Receipt transfer(Account sender, Address to, long amount);
  }

  // end

  @Test
  void events() throws InterruptedException {
    Contract token =
        Contract.deploy(alice, PartnerToken.code(), "Points", "PTS", 0, UInt256.of(1_000));
    token.send("transfer", bob.address(), 25);
    String kept = EventCursor.startOf(0).toString();
    Collecting<ContractEvent> subscriber = new Collecting<>(2);
    // page
    EventCursor lastSeen = EventCursor.parse(kept); // of the event that was dealt with last
    Flow.Publisher<ContractEvent> transfers = token.events("Transfer").after(lastSeen).stream();
    transfers.subscribe(subscriber);
    // end
    assertThat(subscriber.await(2)).hasSize(2);
    // page
    List<ContractEvent> received =
        token.events("Transfer").where("to", bob.address()).fromBlock(1).list();
    // end
    assertThat(received).hasSize(1);
  }

  @Test
  void manyThreads() {
    // page
    List<CompletableFuture<Receipt>> sent =
        IntStream.range(0, 50)
            .parallel()
            .mapToObj(i -> alice.sendAsync(bob.address(), Amount.klay("0.01")))
            .toList();
    sent.forEach(CompletableFuture::join);
    // end
    assertThat(alice.nonce()).isEqualTo(50);
  }

  @Test
  void tokens() {
    Contract made = Contract.deploy(alice, PartnerToken.code(), "Okaka", "OKAKA", 2, 1_000);
    Address address = made.address();
    // page
    Token okaka = Token.at(client, address);
    okaka.transfer(alice, bob.address(), okaka.units("2.5"));
    System.out.println(okaka.inWhole(okaka.balanceOf(bob.address()))); // 2.50
    System.out.println(okaka.interfaces()); // [KIP7, KIP7_METADATA, KIP7_BURNABLE, ERC20]
    // end
    assertThat(okaka.balanceOf(bob.address())).isEqualTo(UInt256.of(250));
  }
}
