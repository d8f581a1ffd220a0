package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.signer.HttpSigner;
import dev.klay.client.signer.KeyRing;
import dev.klay.client.signer.SignerException;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.TxType;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that are elsewhere: in a keystore, and at a service that speaks Web3Signer's protocol. */
class SignerTest {
  private final KlayChain chain = KlayChain.inMemory();
  private final KlayClient client = chain.client();
  private final MockWebServer server = new MockWebServer();
  private final PrivateKey key = PrivateKey.generate(new SecureRandom());

  @BeforeEach
  void start() throws IOException {
    server.start();
    chain.account(0).send(key.address(), Amount.klay(10));
  }

  @AfterEach
  void close() {
    server.close();
    chain.close();
    key.close();
  }

  private void answer(Function<Bytes, MockResponse> signing) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String body = request.getBody().utf8();
            assertThat(request.getTarget())
                .isEqualTo("/api/v1/eth1/sign/" + key.publicKey().toBytes().toHex());
            return signing.apply(Bytes.fromHex(body.replaceAll(".*\"(0x[0-9a-f]*)\".*", "$1")));
          }
        });
  }

  private static MockResponse signature(PrivateKey key, Bytes payload) {
    byte[] bytes = key.sign(Keccak256.hash(payload)).encode().toArray();
    bytes[64] += 27;
    return new MockResponse.Builder().body(Bytes.wrap(bytes).toHex()).build();
  }

  @Test
  void aServiceSignsKlaytnsAndEthereumsTransactions() {
    answer(payload -> signature(key, payload));
    try (HttpSigner signer = HttpSigner.connect(server.url("/").toString(), key.publicKey())) {
      Account account = client.account(signer);
      assertThat(account.address()).isEqualTo(key.address());
      Receipt paid = account.send(chain.account(1).address(), Amount.klay(1));
      assertThat(paid.isSuccess()).isTrue();
      Receipt legacy =
          account.send(
              (head, fee) ->
                  new LegacyTx(
                      head, Optional.of(chain.account(1).address()), Amount.ZERO, Bytes.EMPTY));
      assertThat(legacy.transaction().type()).isEqualTo(TxType.LEGACY);
      assertThat(signer.toString()).contains(key.address().toString());
    }
  }

  @Test
  void whatTheServiceAnswersIsVerified() {
    try (PrivateKey other = PrivateKey.generate(new SecureRandom());
        HttpSigner signer = HttpSigner.connect(server.url("/").toString(), key.publicKey())) {
      Account account = client.account(signer);
      answer(payload -> signature(other, payload));
      assertThatThrownBy(() -> account.send(other.address(), Amount.klay(1)))
          .isInstanceOf(SignerException.class)
          .hasMessageContaining("did not sign");
      answer(payload -> new MockResponse.Builder().body("no").build());
      assertThatThrownBy(() -> account.send(other.address(), Amount.klay(1)))
          .isInstanceOf(SignerException.class)
          .hasMessageContaining("no signature");
      answer(payload -> new MockResponse.Builder().code(404).build());
      assertThatThrownBy(() -> account.send(other.address(), Amount.klay(1)))
          .isInstanceOf(SignerException.class)
          .hasMessageContaining("404");
      server.close();
      assertThatThrownBy(() -> account.send(other.address(), Amount.klay(1)))
          .isInstanceOf(SignerException.class)
          .hasMessageContaining("does not answer");
      assertThat(account.nonce()).isZero();
    }
  }

  @Test
  void aKeystoreSigns() {
    char[] password = "abcdef1!".toCharArray();
    Keystore keystore = Keystore.encrypt(key, password, KeystoreCost.LIGHT, new SecureRandom());
    try (UnlockedKeystore unlocked = keystore.unlock(password)) {
      Account account = client.account(unlocked.address(), KeyRing.of(unlocked));
      Receipt paid =
          account.send(
              (head, fee) ->
                  new ValueTransferTx(
                      head, fee, account.address(), chain.account(1).address(), Amount.klay(1)));
      assertThat(paid.isSuccess()).isTrue();
    }
  }
}
