package dev.klay.crypto.secp256k1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.lang.reflect.Field;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final String SECRET =
      "45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8";

  @Test
  void aKnownKeyHasItsAddress() {
    try (PrivateKey key = PrivateKey.fromHex("0x" + SECRET)) {
      assertThat(key.address().toHex()).isEqualTo("0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b");
    }
  }

  @Test
  void closingZeroesTheSecret() throws Exception {
    PrivateKey key = PrivateKey.fromHex(SECRET);
    Field field = PrivateKey.class.getDeclaredField("secret");
    field.setAccessible(true);
    byte[] held = (byte[]) field.get(key);
    assertThat(Bytes.of(held)).isEqualTo(Bytes.fromHex(SECRET));
    key.close();
    key.close();
    assertThat(held).containsOnly(0);
    assertThatThrownBy(key::exportSecret).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> key.sign(Hash.ZERO)).isInstanceOf(IllegalStateException.class);
    assertThat(key.address().toHex()).startsWith("0xa94f");
  }

  @Test
  void theSecretIsCopiedInAndOut() {
    byte[] mine = Bytes.fromHex(SECRET).toArray();
    PrivateKey key = PrivateKey.of(mine);
    mine[0] = 0;
    key.exportSecret()[1] = 0;
    assertThat(Bytes.of(key.exportSecret())).isEqualTo(Bytes.fromHex(SECRET));
    assertThat(key.toString())
        .isEqualTo("PrivateKey of " + key.address())
        .doesNotContainIgnoringCase(SECRET.substring(0, 8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2",
        "45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8aa",
        "45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2dx",
        ""
      })
  void whatIsNoKeyIsRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> PrivateKey.fromHex(text))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageNotContaining("45a915e4")
        .hasNoCause();
  }

  @Test
  void aSecretHasThirtyTwoBytes() {
    assertThatThrownBy(() -> PrivateKey.of(new byte[31])).isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> PrivateKey.of(new byte[32])).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void publicKeysHaveThreeForms() {
    PublicKey key = PrivateKey.generate(new SecureRandom()).publicKey();
    Bytes point = key.toBytes();
    assertThat(PublicKey.decode(point)).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(PublicKey.decode(key.toCompressed())).isEqualTo(key);
    assertThat(PublicKey.decode(Bytes.fromHex("04" + point.toHex().substring(2)))).isEqualTo(key);
    assertThat(key).hasToString(key.toCompressed().toHex());
  }

  @Test
  void otherFormsOfPublicKeysAreRefused() {
    String point = PrivateKey.fromHex(SECRET).publicKey().toBytes().toHex().substring(2);
    for (String hex :
        new String[] {
          "",
          "00",
          "04",
          "05" + point,
          "06" + point,
          "07" + point,
          "00" + point,
          "04" + point.substring(2),
          point + "00",
          "01" + point.substring(0, 64),
          "04" + point.substring(0, 64),
          "00".repeat(64),
          "02" + "ff".repeat(32)
        }) {
      assertThatThrownBy(() -> PublicKey.decode(Bytes.fromHex(hex)))
          .isInstanceOf(InvalidKeyException.class);
    }
  }
}
