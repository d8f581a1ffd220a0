package dev.klay.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WalletKeyTest {
  private static final String KEY =
      "0x45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8";
  private static final String TEXT = KEY + "0x000xa94f5374fce5edbc8e2a8697c15331677e6ebf0b";

  @Test
  void readsAndWrites() {
    for (String text : List.of(TEXT, TEXT.substring(2), KEY + TEXT.substring(66))) {
      try (WalletKey key = WalletKey.parse(text.toCharArray())) {
        assertThat(new String(key.format())).isEqualTo(TEXT);
        assertThat(key.isDecoupled()).isFalse();
        assertThat(key).hasToString("WalletKey of " + key.address());
      }
    }
  }

  @Test
  void closingEndsIt() {
    WalletKey key = WalletKey.parse(TEXT.toCharArray());
    key.close();
    assertThatThrownBy(key::format).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void otherTextIsRefusedWithoutShowingIt() {
    for (String bad :
        List.of(
            "",
            "0x",
            KEY,
            TEXT + "0",
            TEXT.substring(1),
            TEXT.replace("0x000x", "0x010x"),
            TEXT.replace("0x000x", "000x0x"),
            TEXT.replace("f2d8", "f2g8"),
            TEXT.replace("f2d8", "f2\u0661\u0661"),
            TEXT.replace("bf0b", "bf0-"),
            TEXT.replace(KEY, "0x" + "0".repeat(64)),
            TEXT.replace(KEY, "0x" + "f".repeat(64)))) {
      assertThatThrownBy(() -> WalletKey.parse(bad.toCharArray()))
          .isInstanceOf(CorruptKeystoreException.class)
          .hasMessageNotContaining("45a915e4");
    }
  }
}
