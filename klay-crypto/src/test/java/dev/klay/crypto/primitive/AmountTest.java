package dev.klay.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  @Test
  void unitsAgree() {
    assertThat(Amount.ston(25).times(21_000)).isEqualTo(Amount.klay("0.000525"));
    assertThat(Amount.klay(1)).isEqualTo(Amount.ston(1_000_000_000));
    assertThat(Amount.klay("1.5")).hasToString("1.5 KLAY");
    assertThat(Amount.klay("0.000000000000000001")).isEqualTo(Amount.peb(1));
    assertThat(Amount.parse("1.", KlayUnit.KLAY)).isEqualTo(Amount.parse("01.000", KlayUnit.KLAY));
    assertThat(Amount.parse(".5", KlayUnit.STON)).isEqualTo(Amount.peb(500_000_000));
    assertThat(Amount.klay("1000000")).hasToString("1000000 KLAY");
    assertThat(Amount.klay("0.0")).isSameAs(Amount.ZERO).hasToString("0 KLAY");
  }

  @Property(tries = 1000)
  void agreesWithBigInteger(@ForAll @Size(max = 32) byte[] a, @ForAll @Size(max = 32) byte[] b) {
    compare(new BigInteger(1, a), new BigInteger(1, b));
  }

  @Test
  void boundaryValues() {
    List<BigInteger> values =
        List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE.shiftLeft(255), MAX);
    values.forEach(a -> values.forEach(b -> compare(a, b)));
  }

  private static void compare(BigInteger a, BigInteger b) {
    Amount x = Amount.peb(a);
    Amount y = Amount.peb(b);
    assertThat(x.peb().toBigInteger()).isEqualTo(a);
    if (a.add(b).compareTo(MAX) <= 0) {
      assertThat(x.plus(y)).isEqualTo(Amount.peb(a.add(b)));
    } else {
      assertThatThrownBy(() -> x.plus(y)).isInstanceOf(ArithmeticException.class);
    }
    if (a.compareTo(b) >= 0) {
      assertThat(x.minus(y)).isEqualTo(Amount.peb(a.subtract(b)));
    } else {
      assertThatThrownBy(() -> x.minus(y)).isInstanceOf(ArithmeticException.class);
    }
    assertThat(x.isLessThan(y)).isEqualTo(a.compareTo(b) < 0);
    assertThat(x.dividedBy(7)).isEqualTo(Amount.peb(a.divide(BigInteger.valueOf(7))));
    for (KlayUnit unit : KlayUnit.values()) {
      BigDecimal number = x.in(unit);
      assertThat(number.movePointRight(unit.decimals()).toBigIntegerExact()).isEqualTo(a);
      assertThat(Amount.parse(number.toPlainString(), unit)).isEqualTo(x);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "-",
        "-1",
        "-0.1",
        "+1",
        "1e3",
        "1,5",
        " 1",
        "0x10",
        "NaN",
        "1.5.",
        "\u0661",
        "0.0000000000000000001",
        "1.0000000000000000009"
      })
  void refusesWhatIsNoAmountOfKlay(String text) {
    assertThatThrownBy(() -> Amount.klay(text)).isInstanceOf(InvalidAmountException.class);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> Amount.peb(-1)).isInstanceOf(InvalidAmountException.class);
    assertThatThrownBy(() -> Amount.peb(MAX.add(BigInteger.ONE)))
        .isInstanceOf(InvalidAmountException.class);
    assertThatThrownBy(() -> Amount.klay("9".repeat(100)))
        .isInstanceOf(InvalidAmountException.class);
    assertThatThrownBy(() -> Amount.klay("1" + "0".repeat(1_000_000)))
        .isInstanceOf(InvalidAmountException.class)
        .hasMessageMatching("(?s).{0,200}");
    assertThatThrownBy(() -> Amount.klay(1).times(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Amount.klay(1).dividedBy(0)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> KlayUnit.ofSymbol("klay")).isInstanceOf(InvalidAmountException.class);
  }
}
