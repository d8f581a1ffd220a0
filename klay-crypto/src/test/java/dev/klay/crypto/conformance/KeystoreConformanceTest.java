package dev.klay.crypto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.keystore.KeyRole;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.keystore.WalletKey;
import dev.klay.crypto.mnemonic.ExtendedPrivateKey;
import dev.klay.crypto.mnemonic.HdPath;
import dev.klay.crypto.mnemonic.Mnemonic;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keystores, wallet keys and HD accounts that other programs wrote. Nothing is skipped. */
@Tag("conformance")
@Tag("S22")
class KeystoreConformanceTest {
  @Test
  void klaytnKeystoresOpen() {
    List<Path> files = Vectors.files("klaytn/keystores", ".json");
    try (Tally tally = new Tally("klaytn-keystores")) {
      for (Path file : files) {
        JsonNode vector = Vectors.read(file);
        tally.run(vector.path("id").asText(), () -> checkKlaytn(vector));
      }
    }
  }

  private static void checkKlaytn(JsonNode vector) {
    Keystore keystore = Keystore.parse(vector.path("keystore").toString());
    JsonNode expected = vector.path("expected");
    JsonNode address = expected.path("address");
    assertThat(keystore.address().map(Address::toHex).orElse(null))
        .isEqualTo(address.isNull() ? null : address.asText().toLowerCase(Locale.ROOT));
    assertThat(Keystore.parse(keystore.toJson())).isEqualTo(keystore);
    try (UnlockedKeystore open = keystore.unlock(vector.path("password").asText().toCharArray())) {
      for (KeyRole role : KeyRole.values()) {
        List<String> wanted = new ArrayList<>();
        expected.path("privateKeys").path(role.ordinal()).forEach(k -> wanted.add(padded(k)));
        assertThat(open.keys(role).stream().map(KeystoreConformanceTest::hex)).isEqualTo(wanted);
      }
      if (expected.has("addressDerivedFromFirstKey")) {
        assertThat(open.keys(KeyRole.TRANSACTION).get(0).address().toHex())
            .isEqualTo(expected.path("addressDerivedFromFirstKey").asText());
      }
    }
  }

  @Test
  void ethereumKeystoresOpen() {
    List<Path> files = Vectors.files("ethereum/keystore", ".json");
    try (Tally tally = new Tally("keystore")) {
      for (Path file : files) {
        JsonNode content = Vectors.read(file);
        if (content.has("crypto")) {
          tally.run(file.getFileName().toString(), () -> checkBare(content));
        } else {
          content
              .properties()
              .forEach(e -> tally.run(e.getKey(), () -> checkEthereum(e.getValue())));
        }
      }
    }
  }

  private static void checkEthereum(JsonNode vector) {
    Keystore keystore = Keystore.parse(vector.path("json").toString());
    try (UnlockedKeystore open = keystore.unlock(vector.path("password").asText().toCharArray())) {
      assertThat(hex(open.privateKey())).isEqualTo(padded(vector.path("priv")));
    }
  }

  /** A keystore file as it is: its password is not published with it, except by habit. */
  private static void checkBare(JsonNode json) {
    Keystore keystore = Keystore.parse(json.toString());
    assertThat(keystore.address()).isPresent();
    try (UnlockedKeystore open = keystore.unlock(new char[0])) {
      assertThat(open.privateKey().address()).isEqualTo(keystore.address().orElseThrow());
    }
  }

  @Test
  void walletKeysAndHdAccounts() {
    JsonNode vectors = Vectors.merged("klaytn", "walletkeys");
    try (Tally tally = new Tally("klaytn-walletkeys")) {
      for (JsonNode vector : vectors.path("walletKeys")) {
        tally.run(vector.path("address").asText(), () -> checkWalletKey(vector));
      }
      for (JsonNode wallet : vectors.path("hd")) {
        for (JsonNode account : wallet.path("accounts")) {
          tally.run(account.path("path").asText(), () -> checkAccount(wallet, account));
        }
      }
    }
  }

  private static void checkWalletKey(JsonNode vector) {
    String text = vector.path("walletKey").asText();
    try (WalletKey key = WalletKey.parse(text.toCharArray())) {
      assertThat(hex(key.privateKey())).isEqualTo(vector.path("privateKey").asText());
      assertThat(key.address().toHex()).isEqualTo(vector.path("address").asText());
      assertThat(key.isDecoupled()).isEqualTo(vector.path("decoupled").asBoolean());
      assertThat(new String(key.format())).isEqualTo(text);
    }
  }

  private static void checkAccount(JsonNode wallet, JsonNode account) {
    char[] passphrase = wallet.path("passphrase").asText().toCharArray();
    char[] phrase = wallet.path("mnemonic").asText().toCharArray();
    assertThat(Hex.prefixed(Mnemonic.seed(phrase, passphrase)))
        .isEqualTo(wallet.path("seed").asText());
    HdPath path = HdPath.parse(account.path("path").asText());
    try (Mnemonic mnemonic = Mnemonic.parse(phrase);
        ExtendedPrivateKey master = mnemonic.masterKey(passphrase);
        ExtendedPrivateKey derived = master.derive(path);
        PrivateKey key = derived.privateKey()) {
      assertThat(hex(key)).isEqualTo(account.path("privateKey").asText());
      assertThat(key.publicKey().toString()).isEqualTo(account.path("publicKey").asText());
      assertThat(key.address().toHex()).isEqualTo(account.path("address").asText());
    }
  }

  private static String padded(JsonNode hex) {
    String digits = hex.asText().replace("0x", "");
    return "0x" + "0".repeat(64 - digits.length()) + digits;
  }

  private static String hex(PrivateKey key) {
    return Bytes.wrap(key.exportSecret()).toHex();
  }
}
