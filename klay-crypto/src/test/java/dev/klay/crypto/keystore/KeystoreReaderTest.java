package dev.klay.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way a keystore file can be wrong ends in one of three exceptions. */
class KeystoreReaderTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] PASSWORD = "abcdef1!".toCharArray();
  private static final PrivateKey KEY = PrivateKey.generate(RANDOM);

  /** A cost of nothing, so that thousands of variants can be opened. */
  private static final String JSON = cheap();

  private static final String JSON_V4 =
      JSON.replace("\"version\":3", "\"version\":4")
          .replace("\"crypto\":{", "\"keyring\":[{")
          .replaceAll("}$", "]}");

  private static String cheap() {
    byte[] password = SecretText.utf8(PASSWORD);
    EncryptedKey dear = EncryptedKey.encrypt(KEY, password, KeystoreCost.LIGHT, RANDOM);
    KeyDerivation kdf = new ScryptDerivation(2, 1, 1, dear.kdf().salt());
    byte[] derived = kdf.derive(password);
    byte[] cipher =
        KeyCipher.AES_128_CTR.encrypt(derived, dear.iv().unsafeArray(), KEY.exportSecret());
    byte[] mac = Arrays.copyOfRange(derived, 16, 32 + cipher.length);
    System.arraycopy(cipher, 0, mac, 16, cipher.length);
    EncryptedKey key =
        new EncryptedKey(
            KeyCipher.AES_128_CTR, Bytes.wrap(cipher), dear.iv(), kdf, Keccak256.hash(mac));
    return new Keystore(3, "some id", KEY.address(), List.of(List.of(key))).toJson();
  }

  @Test
  void theSamplesThemselvesOpen() {
    assertThat(opens(JSON)).isTrue();
    assertThat(opens(JSON_V4)).isTrue();
  }

  @Test
  void truncatedAnywhereIsCorrupt() {
    for (String json : List.of(JSON, JSON_V4)) {
      for (int length = 0; length < json.length(); length++) {
        String cut = json.substring(0, length);
        assertThatThrownBy(() -> Keystore.parse(cut)).isInstanceOf(CorruptKeystoreException.class);
      }
    }
  }

  @Test
  void aChangedByteNeverGivesAnotherKeyOrAnotherError() {
    for (String json : List.of(JSON, JSON_V4)) {
      for (int i = 0; i < json.length(); i++) {
        for (int bit = 0; bit < 7; bit++) {
          char[] changed = json.toCharArray();
          changed[i] ^= (char) (1 << bit);
          opens(new String(changed));
        }
      }
    }
  }

  /**
   * Whether it opens to the right key; anything but that or a typed error fails the test. The
   * format has one gap, that its mac leaves out the iv: then the address shows it.
   */
  private static boolean opens(String json) {
    try {
      Keystore keystore = Keystore.parse(json);
      UnlockedKeystore open = keystore.unlock(PASSWORD);
      EncryptedKey used = keystore.keyring().get(0).get(0);
      if (!used.iv().equals(Keystore.parse(JSON).keyring().get(0).get(0).iv())
          && open.isDecoupled()) {
        return false;
      }
      assertThat(open.privateKey().exportSecret()).isEqualTo(KEY.exportSecret());
      return true;
    } catch (WrongPasswordException
        | CorruptKeystoreException
        | UnsupportedKeystoreException expected) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "crypto",
        "cipher",
        "ciphertext",
        "cipherparams",
        "iv",
        "kdf",
        "kdfparams",
        "dklen",
        "n",
        "r",
        "p",
        "salt",
        "mac"
      })
  void aMissingFieldIsNamed(String field) {
    String without = JSON.replace("\"" + field + "\":", "\"absent\":");
    assertThat(without).isNotEqualTo(JSON);
    assertThatThrownBy(() -> Keystore.parse(without))
        .isInstanceOf(CorruptKeystoreException.class)
        .hasMessageContaining(
            field.equals("cipherparams") ? "iv" : field.equals("kdfparams") ? "dklen" : field);
  }

  @Test
  void variantsOfOtherWritersAreRead() {
    String address = KEY.address().toHex().substring(2);
    assertThat(opens(JSON.replace("\"crypto\"", "\"Crypto\""))).isTrue();
    assertThat(opens(JSON.replace(address, "0x" + address))).isTrue();
    assertThat(opens(JSON.replace(address, address.toUpperCase(Locale.ROOT)))).isTrue();
    assertThat(opens(JSON.replace("\"id\":\"some id\",", ""))).isTrue();
    String bare = JSON.replace("\"address\":\"" + address + "\",", "");
    assertThat(bare).isNotEqualTo(JSON);
    assertThat(Keystore.parse(bare).address()).isEmpty();
    assertThat(Keystore.parse(Keystore.parse(bare).toJson())).isEqualTo(Keystore.parse(bare));
    try (UnlockedKeystore open = Keystore.parse(bare).unlock(PASSWORD)) {
      assertThat(open.address()).isEqualTo(KEY.address());
    }
    assertThatThrownBy(() -> Keystore.parse(bare).fileName(Instant.EPOCH))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theAddressMayBeAnotherThanTheKeys() {
    String decoupled =
        JSON.replace(
            KEY.address().toHex().substring(2), "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed");
    try (UnlockedKeystore open = Keystore.parse(decoupled).unlock(PASSWORD)) {
      assertThat(open.address()).hasToString("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
      assertThat(open.isDecoupled()).isTrue();
      assertThat(open.privateKey().address()).isEqualTo(KEY.address());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":3 | \"version\":2",
        "\"version\":3 | \"version\":\"3\"",
        "aes-128-ctr | aes-256-gcm",
        "\"scrypt\" | \"argon2id\"",
        "\"dklen\":32 | \"dklen\":64",
        "\"n\":2 | \"n\":1073741824",
        "\"n\":2 | \"n\":99999999999999999999",
        "\"r\":1 | \"r\":1000000000",
        "\"p\":1 | \"p\":1000000000"
      })
  void whatIsNotSupportedIsSaid(String from, String to) {
    assertThat(JSON).contains(from);
    assertThatThrownBy(() -> Keystore.parse(JSON.replace(from, to)))
        .isInstanceOf(UnsupportedKeystoreException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "3",
        "\"x\"",
        "{}",
        "{\"version\":null}",
        "{} {}",
        "{\"version\":3,\"version\":3}",
        "{\"version\":4,\"address\":\"5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\"}",
        "{\"version\":4,\"address\":\"5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\",\"keyring\":[]}",
        "{\"version\":4,\"address\":\"5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\",\"keyring\":[[]]}",
        "{\"version\":4,\"address\":\"5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\",\"keyring\":[[],3]}",
        "{\"version\":4,\"address\":\"5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\",\"keyring\":[[],[],[],[]]}",
        "{\"version\":4,\"address\":\"5aaeb6\",\"keyring\":[]}"
      })
  void whatIsNoKeystoreIsCorrupt(String json) {
    assertThatThrownBy(() -> Keystore.parse(json))
        .isInstanceOfAny(CorruptKeystoreException.class, UnsupportedKeystoreException.class);
  }

  @Test
  void deepOrLongInputIsRefused() {
    assertThatThrownBy(() -> Keystore.parse("[".repeat(100_000)))
        .isInstanceOf(CorruptKeystoreException.class);
    assertThatThrownBy(() -> Keystore.parse("{\"id\":\"" + "x".repeat(300_000) + "\"}"))
        .isInstanceOf(CorruptKeystoreException.class);
  }

  @Test
  void manyKeysMayNotCostTooMuchTogether() {
    String key = JSON_V4.substring(JSON_V4.indexOf("[{") + 1, JSON_V4.length() - 2);
    String costly = key.replace("\"n\":2,\"r\":1", "\"n\":262144,\"r\":8");
    String ten = "[" + String.join(",", Collections.nCopies(10, costly)) + "]";
    String thirty = JSON_V4.replace("[" + key + "]", "[" + ten + "," + ten + "," + ten + "]");
    assertThat(Keystore.parse(thirty).keyring()).hasSize(3);
    assertThatThrownBy(() -> Keystore.parse(thirty.replaceFirst("\"n\":262144", "\"n\":1048576")))
        .isInstanceOf(UnsupportedKeystoreException.class)
        .hasMessageContaining("more than 512 MiB");
    assertThatThrownBy(() -> Keystore.parse(thirty.replace("\"p\":1", "\"p\":2")))
        .isInstanceOf(UnsupportedKeystoreException.class)
        .hasMessageContaining("together");
    String eleven = "[" + String.join(",", Collections.nCopies(11, key)) + "]";
    assertThatThrownBy(() -> Keystore.parse(JSON_V4.replace("[" + key + "]", eleven)))
        .isInstanceOf(CorruptKeystoreException.class)
        .hasMessageContaining("11 keys");
  }

  @Test
  void version1IsReadOnly() {
    String json = JSON.replace("\"version\":3", "\"version\":\"1\"").replace("-ctr", "-cbc");
    Keystore old = Keystore.parse(json);
    assertThat(old.version()).isEqualTo(1);
    assertThatThrownBy(old::toJson).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void messagesDoNotQuoteTheFile() {
    Map.of("ciphertext", "zz", "mac", "zz")
        .forEach(
            (field, bad) ->
                assertThatThrownBy(
                        () ->
                            Keystore.parse(
                                JSON.replace("\"" + field + "\":\"", "\"" + field + "\":\"" + bad)))
                    .isInstanceOf(CorruptKeystoreException.class)
                    .hasMessage(field + " is not hexadecimal")
                    .hasNoCause());
  }
}
