package dev.klay.crypto.bn254;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Field arithmetic against {@link BigInteger}. */
class FpTest {
  private static final int STEPS = 200;

  @Property(tries = 200)
  void longChainsOfOperationsEqualThoseOfBigIntegers(@ForAll long seed) {
    Samples samples = new Samples(seed);
    List<BigInteger> model = new ArrayList<>();
    List<Fp> fields = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      model.add(samples.integer());
      fields.add(Fp.of(model.get(i)));
    }
    for (int step = 0; step < STEPS; step++) {
      step(samples, model, fields);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(fields.get(i).toBigInteger()).isEqualTo(model.get(i));
      assertThat(fields.get(i).isZero()).isEqualTo(model.get(i).signum() == 0);
    }
  }

  /** One operation without a look at the result, so that bounds of the limbs have time to break. */
  private static void step(Samples samples, List<BigInteger> model, List<Fp> fields) {
    int target = samples.next(4);
    BigInteger a = model.get(samples.next(4));
    BigInteger b = model.get(samples.next(4));
    Fp x = fields.get(model.indexOf(a)); // equal values may share an element
    Fp y = fields.get(model.indexOf(b));
    int k = samples.next(25) - 12;
    int n = samples.next(25) - 12;
    BigInteger expected;
    Fp actual;
    switch (samples.next(8)) {
      case 0 -> {
        expected = a.add(b);
        actual = x.add(y);
      }
      case 1 -> {
        expected = a.subtract(b);
        actual = x.subtract(y);
      }
      case 2 -> {
        expected = a.multiply(b);
        actual = x.multiply(y);
      }
      case 3 -> {
        expected = a.multiply(a);
        actual = x.square();
      }
      case 4 -> {
        expected = a.negate();
        actual = x.negate();
      }
      case 5 -> {
        expected = a.multiply(BigInteger.valueOf(k));
        actual = x.times(k);
      }
      case 6 -> {
        expected = a.multiply(BigInteger.valueOf(k)).add(b.multiply(BigInteger.valueOf(n)));
        actual = Fp.combine(x, k, y, n);
      }
      default -> {
        expected = a.multiply(b).add(a.multiply(a));
        actual = Fp.sumOfProducts(x, y, x, x);
      }
    }
    model.set(target, expected.mod(Fp.P));
    fields.set(target, actual);
  }

  @Property(tries = 100)
  void anInverseTimesItsElementIsOne(@ForAll long seed) {
    Fp x = new Samples(seed).fp();
    assertThat(x.multiply(x.inverse())).isEqualTo(x.isZero() ? Fp.ZERO : Fp.ONE);
  }

  @Property(tries = 100)
  void encodingAndDecodingAreInverse(@ForAll long seed) {
    Fp x = new Samples(seed).fp();
    byte[] bytes = new byte[Fp.SIZE];
    x.encode(bytes, 0);
    assertThat(new BigInteger(1, bytes)).isEqualTo(x.toBigInteger());
    assertThat(Fp.decode(bytes, 0)).isEqualTo(x).hasSameHashCodeAs(x);
  }

  @Test
  void theModulusAndMoreAreNoElements() {
    for (BigInteger value :
        List.of(
            Fp.P,
            Fp.P.add(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))) {
      byte[] digits = value.toByteArray();
      byte[] bytes = new byte[Fp.SIZE];
      System.arraycopy(digits, digits.length - Fp.SIZE, bytes, 0, Fp.SIZE);
      assertThatThrownBy(() -> Fp.decode(bytes, 0)).isInstanceOf(InvalidPointException.class);
    }
  }
}
