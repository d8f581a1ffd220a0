package dev.klay.client.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.Account;
import dev.klay.client.Connection;
import dev.klay.client.KlayClient;
import dev.klay.client.Sponsor;
import dev.klay.client.TestChain;
import dev.klay.client.Workload;
import dev.klay.client.signer.HttpSigner;
import dev.klay.client.signer.KeyRing;
import dev.klay.client.signer.Signer;
import dev.klay.consensus.KlayNode;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.account.AccountKeyRoleBased;
import dev.klay.core.account.AccountKeyWeightedMultiSig;
import dev.klay.core.account.Role;
import dev.klay.core.account.WeightedKey;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.Receipt;
import dev.klay.core.storage.Retention;
import dev.klay.core.storage.Storage;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/partner.md. */
class PartnerPageTest {
  private final TestChain network = TestChain.open(Connection.IN_PROCESS);
  private final KlayClient client = network.client();
  private final Account treasury = network.account(0);

  @TempDir Path dataDir;

  @AfterEach
  void close() {
    network.close();
  }

  private static PrivateKey key() {
    return PrivateKey.generate(new SecureRandom());
  }

  @Test
  void aNodeOnDisk() {
    ChainSpec spec = ChainSpec.development();
    for (int start = 0; start < 2; start++) {
      // page
      try (KlayNode node =
          KlayNode.of(spec)
              .storage(Storage.directory(dataDir.resolve("chain"), Retention.days(30)))
              .rpc(0) // any free port of this machine; 8551 is the usual one
              .start()) {
        System.out.println("serving at " + node.rpcAddresses() + ", head " + node.head().number());
        KlayClient client = KlayClient.of(node);
        // end
        Receipt dripped = client.faucet().drip(network.newAccount().address());
        assertThat(dripped.isSuccess()).isTrue();
        assertThat(client.height()).isEqualTo(start + 1);
        // page
      }
      // end
    }
  }

  @Test
  void usersWhoPayNothing() {
    PrivateKey readerKey = key();
    Address author = network.account(1).address();
    treasury.send(readerKey.address(), Amount.klay("0.01"));
    // page
    Sponsor sponsor = Sponsor.of(treasury).perUser(Amount.klay("0.1")).perDay(Amount.klay("50"));
    Account reader = client.account(readerKey).paidBy(sponsor);
    reader.send(author, Amount.klay("0.01")); // the reader has no coin for fees
    System.out.println(sponsor.spent()); // 0.000775 KLAY: fee delegation costs 10,000 gas
    // end
    assertThat(sponsor.spent()).isEqualTo(Amount.klay("0.000775"));
  }

  @Test
  void twoCompanies() {
    Account shop = network.account(1);
    Address supplier = network.account(2).address();
    Sponsor sponsor = Sponsor.of(treasury).perDay(Amount.klay("50"));
    // page
    Bytes message = // at the shop, which signs and does not send
        shop.offer(
                (head, fee) ->
                    new ValueTransferTx(head, fee, shop.address(), supplier, Amount.klay(7)))
            .encode();

    Receipt paid = sponsor.send(PartialTx.decode(message)); // at the sponsor
    // end
    assertThat(paid.transaction().feePayer()).contains(treasury.address());
  }

  @Test
  void knownCost() {
    // page
    Amount bill = client.costs().estimate(Workload.NONE.transfers(10_000).memos(500, 32));
    System.out.println(bill); // 5.5525 KLAY, idle or busy
    // end
    assertThat(bill).isEqualTo(Amount.klay("5.5525"));
  }

  @Test
  void severalKeys() {
    PrivateKey ceo = key();
    PrivateKey cfo = key();
    PrivateKey vault = key();
    PrivateKey till = key();
    Account company = network.account(1);
    Address supplier = network.account(2).address();
    // page
    company.updateKey(
        new AccountKeyRoleBased(
            List.of(
                new AccountKeyWeightedMultiSig( // sends: both must sign
                    2,
                    List.of(
                        new WeightedKey(1, ceo.publicKey()), new WeightedKey(1, cfo.publicKey()))),
                new AccountKeyPublic(vault.publicKey()), // changes keys
                new AccountKeyPublic(till.publicKey())))); // pays fees for others
    KeyRing ring =
        KeyRing.of(Signer.of(ceo), Signer.of(cfo))
            .with(Role.ACCOUNT_UPDATE, Signer.of(vault))
            .with(Role.FEE_PAYER, Signer.of(till));
    Account shared = client.account(company.address(), ring);
    shared.send(supplier, Amount.klay(3));
    // end
    assertThat(client.nonce(company.address())).isEqualTo(2);
  }

  @Test
  void aKeyThatIsElsewhere() throws IOException {
    PrivateKey key = key();
    PublicKey publicKey = key.publicKey();
    Address supplier = network.account(2).address();
    treasury.send(key.address(), Amount.klay(5));
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              String data = request.getBody().utf8().replaceAll(".*\"(0x[0-9a-f]*)\".*", "$1");
              Bytes signature = key.sign(Keccak256.hash(Bytes.fromHex(data))).encode();
              return new MockResponse.Builder().body(signature.toHex()).build();
            }
          });
      server.start();
      String url = server.url("/").toString();
      // page
      try (HttpSigner signer = HttpSigner.connect(url, publicKey)) { // speaks Web3Signer's protocol
        client.account(signer).send(supplier, Amount.klay(1));
      }
      // end
    }
    assertThat(client.nonce(key.address())).isEqualTo(1);
  }
}
