package dev.klay.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeystoreTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] PASSWORD = "pässwörd 1☃\ud83d\ude00".toCharArray();
  private static final Address SHOP = Address.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");

  private final PrivateKey first = PrivateKey.generate(RANDOM);
  private final PrivateKey second = PrivateKey.generate(RANDOM);

  @Test
  void oneKeyComesBack() {
    Keystore made = Keystore.encrypt(first, PASSWORD, KeystoreCost.LIGHT, RANDOM);
    assertThat(made.version()).isEqualTo(3);
    assertThat(made.address()).contains(first.address());
    Keystore read = Keystore.parse(made.toJson());
    assertThat(read).isEqualTo(made).hasSameHashCodeAs(made);
    try (UnlockedKeystore open = read.unlock(PASSWORD)) {
      assertThat(open.address()).isEqualTo(first.address());
      assertThat(open.privateKey().exportSecret()).isEqualTo(first.exportSecret());
      assertThat(open.keys(KeyRole.TRANSACTION)).hasSize(1);
      assertThat(open.keys(KeyRole.FEE_PAYER)).isEmpty();
    }
  }

  /** The only test that pays the standard cost. */
  @Test
  void standardCost() {
    Keystore made = Keystore.encrypt(first, PASSWORD, KeystoreCost.STANDARD, RANDOM);
    assertThat(made.toJson()).contains("\"n\":262144,\"r\":8,\"p\":1");
    try (UnlockedKeystore open = made.unlock(PASSWORD)) {
      assertThat(open.privateKey().exportSecret()).isEqualTo(first.exportSecret());
    }
  }

  @Test
  void costsAreThoseThatWalletsWrite() {
    assertThat(Keystore.encrypt(first, PASSWORD, KeystoreCost.LIGHT, RANDOM).toJson())
        .contains("\"n\":4096,\"r\":8,\"p\":6");
    Keystore pbkdf2 = Keystore.encrypt(first, PASSWORD, KeystoreCost.PBKDF2, RANDOM);
    assertThat(pbkdf2.toJson()).contains("\"c\":262144,\"prf\":\"hmac-sha256\"");
    try (UnlockedKeystore open = Keystore.parse(pbkdf2.toJson()).unlock(PASSWORD)) {
      assertThat(open.privateKey().exportSecret()).isEqualTo(first.exportSecret());
    }
  }

  @Test
  void rolesComeBack() {
    Keystore made =
        encrypt(
            Map.of(KeyRole.TRANSACTION, List.of(first, second), KeyRole.FEE_PAYER, List.of(first)));
    assertThat(made.version()).isEqualTo(4);
    assertThat(made.toJson()).contains("\"keyring\":[[{").contains("],[],[");
    Keystore read = Keystore.parse(made.toJson());
    assertThat(read).isEqualTo(made);
    try (UnlockedKeystore open = read.unlock(PASSWORD)) {
      assertThat(open.address()).isEqualTo(SHOP);
      assertThat(addresses(open.keys(KeyRole.TRANSACTION)))
          .containsExactly(first.address(), second.address());
      assertThat(open.keys(KeyRole.ACCOUNT_UPDATE)).isEmpty();
      assertThat(open.signingKeys(KeyRole.ACCOUNT_UPDATE))
          .isEqualTo(open.keys(KeyRole.TRANSACTION));
      assertThat(addresses(open.signingKeys(KeyRole.FEE_PAYER))).containsExactly(first.address());
      assertThatThrownBy(open::privateKey)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("holds 3 keys");
    }
  }

  @Test
  void keysOfOneRoleAreAFlatList() {
    Keystore made = encrypt(Map.of(KeyRole.TRANSACTION, List.of(first)));
    assertThat(made.toJson()).contains("\"keyring\":[{");
    String nested =
        made.toJson().replace("\"keyring\":[{", "\"keyring\":[[{").replace("}]}", "}]]}");
    assertThat(Keystore.parse(nested)).isEqualTo(made);
  }

  @Test
  void aRoleWithoutKeysMayComeFirst() {
    Keystore made = encrypt(Map.of(KeyRole.ACCOUNT_UPDATE, List.of(second)));
    try (UnlockedKeystore open = Keystore.parse(made.toJson()).unlock(PASSWORD)) {
      assertThat(open.privateKey().address()).isEqualTo(second.address());
      assertThat(open.signingKeys(KeyRole.FEE_PAYER)).isEmpty();
    }
  }

  @Test
  void theNumberOfKeysIsBounded() {
    assertThatThrownBy(() -> encrypt(Map.of())).isInstanceOf(IllegalArgumentException.class);
    List<PrivateKey> eleven = IntStream.range(0, 11).mapToObj(i -> first).toList();
    assertThatThrownBy(() -> encrypt(Map.of(KeyRole.FEE_PAYER, eleven)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Tag("S20")
  @Test
  void aWrongPasswordIsTold() {
    Keystore made = Keystore.encrypt(first, PASSWORD, KeystoreCost.LIGHT, RANDOM);
    for (String wrong : List.of("", "password", new String(PASSWORD) + " ")) {
      assertThatThrownBy(() -> made.unlock(wrong.toCharArray()))
          .isInstanceOf(WrongPasswordException.class);
    }
    assertThatThrownBy(() -> made.unlock(new char[] {'a', '\ud83d'}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmptyPasswordWorks() {
    Keystore made = Keystore.encrypt(first, new char[0], KeystoreCost.LIGHT, RANDOM);
    made.unlock(new char[0]).close();
  }

  @Test
  void saltIvAndIdAreFresh() {
    Keystore one = Keystore.encrypt(first, PASSWORD, KeystoreCost.LIGHT, RANDOM);
    Keystore two = Keystore.encrypt(first, PASSWORD, KeystoreCost.LIGHT, RANDOM);
    assertThat(one.id())
        .isNotEqualTo(two.id())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    EncryptedKey a = one.keyring().get(0).get(0);
    EncryptedKey b = two.keyring().get(0).get(0);
    assertThat(a.iv()).isNotEqualTo(b.iv());
    assertThat(a.kdf().salt()).isNotEqualTo(b.kdf().salt());
    assertThat(a.kdf().salt().size()).isEqualTo(32);
  }

  @Tag("S21")
  @Test
  void closingZeroesTheKeysAndNothingPrintsThem() {
    Keystore made = Keystore.encrypt(first, PASSWORD, KeystoreCost.LIGHT, RANDOM);
    UnlockedKeystore open = made.unlock(PASSWORD);
    assertThat(open).hasToString("UnlockedKeystore of " + first.address());
    assertThat(made).hasToString("Keystore version 3 of " + first.address());
    open.close();
    assertThatThrownBy(() -> open.privateKey().exportSecret())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void namesFilesAsNodesDo() {
    Keystore made = encrypt(Map.of(KeyRole.TRANSACTION, List.of(first)));
    assertThat(made.fileName(Instant.parse("2019-06-24T06:44:06.101Z")))
        .isEqualTo("UTC--2019-06-24T06-44-06.101000000Z--5aaeb6053f3e94c9b9a09f33669435e7ef1beaed");
  }

  private static Keystore encrypt(Map<KeyRole, List<PrivateKey>> keys) {
    return Keystore.encrypt(SHOP, keys, PASSWORD, KeystoreCost.LIGHT, RANDOM);
  }

  private static List<Address> addresses(List<PrivateKey> keys) {
    return keys.stream().map(PrivateKey::address).toList();
  }
}
