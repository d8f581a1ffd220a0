package dev.klay.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.crypto.primitive.Hex;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;

/** web3j opens our files, and we open web3j's. */
class KeystoreInteropTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String PASSWORD = "pässwörd 1!";

  private final PrivateKey key = PrivateKey.generate(RANDOM);

  @Tag("S20")
  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "PBKDF2"})
  void web3jOpensOurs(KeystoreCost cost) throws Exception {
    String json = Keystore.encrypt(key, PASSWORD.toCharArray(), cost, RANDOM).toJson();
    WalletFile file = JSON.readValue(json, WalletFile.class);
    Credentials opened = Credentials.create(Wallet.decrypt(PASSWORD, file));
    assertThat(opened.getAddress()).isEqualTo(key.address().toHex());
    assertThat(opened.getEcKeyPair().getPrivateKey())
        .isEqualTo(new BigInteger(1, key.exportSecret()));
    assertThatThrownBy(() -> Wallet.decrypt("another", file)).isInstanceOf(CipherException.class);
  }

  @Tag("S22")
  @Test
  void weOpenWeb3js() throws Exception {
    ECKeyPair pair = ECKeyPair.create(key.exportSecret());
    String json = JSON.writeValueAsString(Wallet.createLight(PASSWORD, pair));
    Keystore read = Keystore.parse(json);
    assertThat(read.address()).contains(key.address());
    try (UnlockedKeystore open = read.unlock(PASSWORD.toCharArray())) {
      assertThat(Hex.encode(open.privateKey().exportSecret()))
          .isEqualTo(Hex.encode(key.exportSecret()));
    }
    assertThatThrownBy(() -> read.unlock("another".toCharArray()))
        .isInstanceOf(WrongPasswordException.class);
  }
}
