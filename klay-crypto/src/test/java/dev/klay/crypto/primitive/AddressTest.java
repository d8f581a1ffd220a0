package dev.klay.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Keys;

class AddressTest {
  /** The examples of EIP-55. */
  @Tag("S16")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
      })
  void publishedChecksums(String text) {
    Address address = Address.parse(text);
    assertThat(address).hasToString(text);
    assertThat(address.toHex()).isEqualTo(text.toLowerCase(Locale.ROOT));
    assertThat(Address.parse(text.substring(2))).isEqualTo(address);
    assertThat(Address.parse(address.toHex())).isEqualTo(address);
    assertThat(Address.parse(text.substring(2).toUpperCase(Locale.ROOT))).isEqualTo(address);
  }

  @Tag("S16")
  @Test
  void aThousandKeysAgreeWithWeb3j() {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 1000; i++) {
      try (PrivateKey key = PrivateKey.generate(random)) {
        String text = key.address().toString();
        assertThat(text).isEqualTo(Keys.toChecksumAddress(key.address().toHex()));
        assertThat(Address.parse(text)).isEqualTo(key.address());
        assertThat(key.address().toHex())
            .isEqualTo("0x" + Keys.getAddress(key.publicKey().toBytes().toHex()));
      }
    }
  }

  @Test
  void eachWrongCaseIsFound() {
    String good = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    for (int i = 2; i < good.length(); i++) {
      char[] text = good.toCharArray();
      if (Character.isLetter(text[i])) {
        text[i] ^= 0x20;
        assertThatThrownBy(() -> Address.parse(new String(text)))
            .isInstanceOf(InvalidAddressException.class)
            .hasMessageContaining("checksum");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0x",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0",
        "0x0x5aeb6053f3e94c9b9a09f33669435e7ef1beae",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg",
        "xx5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
      })
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(InvalidAddressException.class);
  }

  @Tag("S16")
  @Test
  void isTwentyBytes() {
    assertThatThrownBy(() -> Address.of(new byte[19])).isInstanceOf(DecodingException.class);
    Address address = Address.parse("0x27b1fdb04752bbc536007a920d24acb045561c26");
    assertThat(address.keccak()).isEqualTo(Keccak256.hash(address.toArray()));
    assertThat(address)
        .isGreaterThan(Address.ZERO)
        .hasSameHashCodeAs(Address.of(address.toArray()));
  }
}
