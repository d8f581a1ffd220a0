package dev.klay.crypto.mnemonic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HdPathTest {
  @Test
  void readsAndWrites() {
    assertThat(HdPath.parse("m/44'/60'/0'/0/0")).isEqualTo(HdPath.ethereum(0));
    assertThat(HdPath.parse("m/44h/8217H/0'/0/7")).isEqualTo(HdPath.klaytn(7));
    assertThat(HdPath.klaytn(7)).hasToString("m/44'/8217'/0'/0/7");
    assertThat(HdPath.parse("m")).hasToString("m");
    assertThat(HdPath.parse("m/0").child(1 | HdPath.HARDENED)).hasToString("m/0/1'");
    assertThat(HdPath.parse("m/2147483647'/2147483647")).hasToString("m/2147483647'/2147483647");
    assertThatThrownBy(() -> HdPath.klaytn(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "m/",
        "44'/60'",
        "M/0",
        "m//0",
        "m/-1",
        "m/+1",
        "m/0''",
        "m/x",
        "m/0/",
        " m/0",
        "m/2147483648",
        "m/99999999999",
        "m/0\n"
      })
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> HdPath.parse(text)).isInstanceOf(InvalidPathException.class);
  }

  @Test
  void refusesTooManyLevels() {
    assertThat(HdPath.parse("m" + "/0".repeat(255)).indexes()).hasSize(255);
    assertThatThrownBy(() -> HdPath.parse("m" + "/0".repeat(256)))
        .isInstanceOf(InvalidPathException.class);
  }
}
