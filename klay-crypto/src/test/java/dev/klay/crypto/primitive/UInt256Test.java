package dev.klay.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.DecodingException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with {@link BigInteger}. */
class UInt256Test {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(256);

  @Test
  void boundaryValues() {
    List<BigInteger> values = new ArrayList<>();
    for (int bit : new int[] {0, 7, 8, 31, 32, 62, 63, 64, 65, 127, 128, 191, 192, 255, 256}) {
      for (int delta = -2; delta <= 2; delta++) {
        BigInteger value = BigInteger.ONE.shiftLeft(bit).add(BigInteger.valueOf(delta));
        if (value.signum() >= 0 && value.compareTo(LIMIT) < 0) {
          values.add(value);
        }
      }
    }
    for (BigInteger a : values) {
      for (BigInteger b : values) {
        compare(a, b);
      }
    }
  }

  @Property(tries = 2000)
  void randomValues(@ForAll @Size(max = 32) byte[] a, @ForAll @Size(max = 32) byte[] b) {
    compare(new BigInteger(1, a), new BigInteger(1, b));
  }

  private static void compare(BigInteger a, BigInteger b) {
    UInt256 x = UInt256.of(a);
    UInt256 y = UInt256.of(b);
    check(a.add(b), x, y, UInt256::plus);
    check(a.subtract(b), x, y, UInt256::minus);
    check(a.multiply(b), x, y, UInt256::times);
    if (b.signum() > 0) {
      check(a.divide(b), x, y, UInt256::dividedBy);
    }
    assertThat(Integer.signum(x.compareTo(y))).isEqualTo(a.compareTo(b));
    assertThat(x.equals(y)).isEqualTo(a.equals(b));
    conversions(a, x);
  }

  private static void check(
      BigInteger wanted, UInt256 x, UInt256 y, BinaryOperator<UInt256> operation) {
    if (wanted.signum() < 0 || wanted.compareTo(LIMIT) >= 0) {
      assertThatThrownBy(() -> operation.apply(x, y)).isInstanceOf(ArithmeticException.class);
    } else {
      assertThat(operation.apply(x, y).toBigInteger()).isEqualTo(wanted);
    }
  }

  private static void conversions(BigInteger a, UInt256 x) {
    assertThat(x.toBigInteger()).isEqualTo(a);
    assertThat(x).hasToString(a.toString());
    assertThat(x.toHex()).isEqualTo("0x" + a.toString(16));
    assertThat(UInt256.fromHex(x.toHex())).isEqualTo(x).hasSameHashCodeAs(x);
    assertThat(new BigInteger(1, x.toBytes32())).isEqualTo(a);
    assertThat(x.toBytes32()).hasSize(32);
    assertThat(x.byteLength()).isEqualTo((a.bitLength() + 7) / 8);
    assertThat(x.toMinimalBytes()).hasSize(x.byteLength());
    assertThat(UInt256.fromBytes(x.toMinimalBytes())).isEqualTo(x);
    assertThat(UInt256.ofWords(x.word(3), x.word(2), x.word(1), x.word(0))).isEqualTo(x);
    assertThat(x.isZero()).isEqualTo(a.signum() == 0);
    assertThat(x.fitsLong()).isEqualTo(a.bitLength() <= 63);
    if (x.fitsLong()) {
      assertThat(UInt256.of(x.toLong())).isEqualTo(x);
    } else {
      assertThatThrownBy(x::toLong).isInstanceOf(ArithmeticException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0xg", "0x0x1", "0x-1", "-1", " 1", "0x 1", "1_0"})
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> UInt256.fromHex(text)).isInstanceOf(DecodingException.class);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> UInt256.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> UInt256.of(LIMIT)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> UInt256.of(BigInteger.ONE.negate()))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> UInt256.fromBytes(new byte[33])).isInstanceOf(DecodingException.class);
    assertThatThrownBy(() -> UInt256.fromHex("0x1" + "0".repeat(64)))
        .isInstanceOf(DecodingException.class);
    assertThatThrownBy(() -> UInt256.ONE.dividedBy(UInt256.ZERO))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> UInt256.ONE.word(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(UInt256.fromHex("0X1f")).isEqualTo(UInt256.of(31));
    assertThat(UInt256.MAX.toBigInteger()).isEqualTo(LIMIT.subtract(BigInteger.ONE));
  }
}
