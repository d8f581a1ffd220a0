package dev.klay.crypto.bls12381;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Random elements, points and scalars for the tests, the odd cases among them. */
final class Samples {
  static final BigInteger ORDER =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

  private static final List<BigInteger> EDGES =
      List.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          BigInteger.TWO,
          Fp.P.subtract(BigInteger.ONE),
          Fp.P.subtract(BigInteger.TWO),
          Fp.P.shiftRight(1),
          Fp.P.shiftRight(1).add(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(56).subtract(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(56),
          BigInteger.ONE.shiftLeft(336).subtract(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(380));

  private final Random random;

  Samples(long seed) {
    this.random = new Random(seed);
  }

  int next(int bound) {
    return random.nextInt(bound);
  }

  BigInteger integer() {
    return random.nextInt(4) == 0
        ? EDGES.get(random.nextInt(EDGES.size()))
        : new BigInteger(390, random).mod(Fp.P);
  }

  Fp fp() {
    return Fp.of(integer());
  }

  Fp2 fp2() {
    return new Fp2(fp(), fp());
  }

  Fp6 fp6() {
    return new Fp6(fp2(), fp2(), fp2());
  }

  Fp12 fp12() {
    return new Fp12(fp6(), fp6());
  }

  /** A scalar of up to 256 bits, sometimes 0, 1, -1 modulo the order or the order itself. */
  BigInteger scalar() {
    return switch (random.nextInt(8)) {
      case 0 -> BigInteger.valueOf(random.nextInt(3));
      case 1 -> ORDER.subtract(BigInteger.valueOf(random.nextInt(3)));
      case 2 -> Curve.Z.pow(random.nextInt(4));
      case 3 -> BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
      default -> new BigInteger(256, random);
    };
  }

  /** Somewhere on the curve, hardly ever in the subgroup. */
  JacobianPoint<Fp> anywhereOnG1() {
    while (true) {
      Fp x = fp();
      Fp y = Curve.G1.yOf(x);
      if (y != null) {
        return Curve.G1.point(x, y);
      }
    }
  }

  /** Somewhere on the curve, hardly ever in the subgroup. */
  JacobianPoint<Fp2> anywhereOnG2() {
    while (true) {
      Fp2 x = fp2();
      Fp2 y = Curve.G2.yOf(x);
      if (y != null) {
        return Curve.G2.point(x, y);
      }
    }
  }

  G1 g1() {
    return G1.sumOfMultiples(List.of(G1.GENERATOR), List.of(scalar()));
  }

  G2 g2() {
    return G2.sumOfMultiples(List.of(G2.GENERATOR), List.of(scalar()));
  }
}
