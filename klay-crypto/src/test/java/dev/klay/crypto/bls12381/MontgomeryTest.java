package dev.klay.crypto.bls12381;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The limbs at the edge of what the class promises to take, not only where results put them. */
class MontgomeryTest {
  private static final long LIMB_MAX = (1L << 56) + (1L << 9);
  private static final BigInteger VALUE_MAX =
      new BigDecimal(Fp.P).multiply(new BigDecimal("1.01")).toBigInteger();
  private static final BigInteger R_INVERSE = BigInteger.ONE.shiftLeft(392).modInverse(Fp.P);

  @Property(tries = 2000)
  void productsOfExtremeLimbsAreRight(@ForAll long seed) {
    Random random = new Random(seed);
    long[] a = limbs(random);
    long[] b = limbs(random);
    long[] c = limbs(random);
    long[] d = limbs(random);
    BigInteger ab = value(a).multiply(value(b));
    BigInteger cd = value(c).multiply(value(d));
    assertResult(Montgomery.product(a, b), ab.multiply(R_INVERSE));
    assertResult(Montgomery.sumOfProducts(a, b, c, d), ab.add(cd).multiply(R_INVERSE));
    assertResult(Montgomery.square(a), value(a).pow(2).multiply(R_INVERSE));
  }

  @Property(tries = 2000)
  void sumsOfExtremeLimbsAreRight(@ForAll long seed) {
    Random random = new Random(seed);
    long[] a = limbs(random);
    long[] b = limbs(random);
    assertResult(Montgomery.sum(a, b), value(a).add(value(b)));
    assertResult(Montgomery.difference(a, b), value(a).subtract(value(b)));
    assertThat(value(Montgomery.negative(a))).isEqualTo(value(a).negate());
    int k = random.nextInt(25) - 12;
    int n = random.nextInt(25) - 12;
    assertResult(
        Montgomery.combine(a, k, b, n),
        value(a).multiply(BigInteger.valueOf(k)).add(value(b).multiply(BigInteger.valueOf(n))));
    assertThat(value(Montgomery.normalized(a))).isEqualTo(value(a));
  }

  private static void assertResult(long[] result, BigInteger expected) {
    assertThat(value(result).mod(Fp.P)).isEqualTo(expected.mod(Fp.P));
    assertThat(value(result).abs()).isLessThanOrEqualTo(VALUE_MAX);
    for (int i = 0; i < Montgomery.LIMBS - 1; i++) {
      assertThat(Math.abs(result[i])).isLessThan(LIMB_MAX);
    }
  }

  /** Limbs of a number of at most 1.01 p in size, each of the lower ones often at its extreme. */
  private static long[] limbs(Random random) {
    while (true) {
      long[] limbs = new long[Montgomery.LIMBS];
      for (int i = 0; i < Montgomery.LIMBS; i++) {
        long max = i < Montgomery.LIMBS - 1 ? LIMB_MAX - 1 : Montgomery.P6 + Montgomery.P6 / 100;
        limbs[i] =
            switch (random.nextInt(4)) {
              case 0 -> max;
              case 1 -> -max;
              case 2 -> 0;
              default -> random.nextLong() % max;
            };
      }
      if (value(limbs).abs().compareTo(VALUE_MAX) <= 0) {
        return limbs;
      }
    }
  }

  private static BigInteger value(long[] limbs) {
    BigInteger value = BigInteger.ZERO;
    for (int i = limbs.length - 1; i >= 0; i--) {
      value = value.shiftLeft(Montgomery.BITS).add(BigInteger.valueOf(limbs[i]));
    }
    return value;
  }
}
