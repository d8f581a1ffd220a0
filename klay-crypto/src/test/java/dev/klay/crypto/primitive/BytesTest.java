package dev.klay.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.DecodingException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Bytes}, {@link Hash} and the {@link Hex} below them. */
class BytesTest {
  @Property(tries = 300)
  void hexRoundTrip(@ForAll byte[] content) {
    Bytes bytes = Bytes.of(content);
    assertThat(Bytes.fromHex(bytes.toHex())).isEqualTo(bytes).hasSameHashCodeAs(bytes);
    assertThat(Bytes.fromHex(bytes.toHex().substring(2).toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(bytes);
    assertThat(bytes.size()).isEqualTo(content.length);
    assertThat(bytes.toArray()).isEqualTo(content);
    assertThat(bytes.slice(0, content.length / 2).size()).isEqualTo(content.length / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0x0", "0xg0", "zz", "0x0x00", " 00", "00 ", "0x1\u0661", "-1"})
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> Bytes.fromHex(text)).isInstanceOf(DecodingException.class);
  }

  @Test
  void isImmutable() {
    byte[] mine = {1, 2, 3};
    Bytes bytes = Bytes.of(mine);
    mine[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes).hasToString("0x010203");
    assertThat(Bytes.of()).isSameAs(Bytes.EMPTY);
    assertThat(Bytes.EMPTY.isEmpty()).isTrue();
  }

  @Test
  void ordersAsUnsignedBytes() {
    assertThat(Bytes.fromHex("7f")).isLessThan(Bytes.fromHex("80"));
    assertThat(Bytes.fromHex("01")).isLessThan(Bytes.fromHex("0100"));
    assertThat(Bytes.EMPTY).isLessThan(Bytes.fromHex("00"));
  }

  @Test
  void hashHasThirtyTwoBytes() {
    Hash hash = Hash.fromHex("ff" + "00".repeat(31));
    assertThat(hash.toBytes().get(0)).isEqualTo((byte) 0xff);
    assertThat(hash).isGreaterThan(Hash.fromHex("7f" + "ff".repeat(31)));
    assertThat(hash).isEqualTo(Hash.of(hash.toArray())).hasSameHashCodeAs(Hash.of(hash.toArray()));
    assertThat(Hash.ZERO.isZero()).isTrue();
    assertThat(hash.isZero()).isFalse();
    assertThatThrownBy(() -> Hash.fromHex("00")).isInstanceOf(DecodingException.class);
    assertThatThrownBy(() -> Hash.of(new byte[33])).isInstanceOf(DecodingException.class);
  }
}
