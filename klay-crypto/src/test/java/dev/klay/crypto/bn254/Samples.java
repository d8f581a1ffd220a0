package dev.klay.crypto.bn254;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random elements, points and scalars for the tests, the odd cases among them. */
final class Samples {
  static final BigInteger ORDER =
      new BigInteger(
          "21888242871839275222246405745257275088548364400416034343698204186575808495617");

  /** Source: EIP-197, the generator P2. */
  static final JacobianPoint<Fp2> G2_GENERATOR =
      Curve.G2.point(
          new Fp2(
              decimal(
                  "10857046999023057135944570762232829481370756359578518086990519993285655852781"),
              decimal(
                  "11559732032986387107991004021392285783925812861821192530917403151452391805634")),
          new Fp2(
              decimal(
                  "8495653923123431417604973247489272438418190587263600148770280649306958101930"),
              decimal(
                  "4082367875863433681332203403145435568316851327593401208105741076214120093531")));

  private static final List<BigInteger> EDGES =
      List.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          BigInteger.TWO,
          Fp.P.subtract(BigInteger.ONE),
          Fp.P.subtract(BigInteger.TWO),
          Fp.P.shiftRight(1),
          Fp.P.shiftRight(1).add(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(52).subtract(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(52),
          BigInteger.ONE.shiftLeft(208).subtract(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(253));

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
        : new BigInteger(260, random).mod(Fp.P);
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

  G1 g1() {
    return G1.GENERATOR.multiply(scalar());
  }

  G2 g2() {
    return G2.ofSubgroup(G2_GENERATOR.multiply(scalar()));
  }

  JacobianPoint<Fp> anywhereOnG1() {
    while (true) {
      Fp x = fp();
      Fp y = root(x.square().multiply(x).add(Curve.G1.b()));
      if (y != null) {
        return Curve.G1.point(x, y);
      }
    }
  }

  /** Somewhere on the curve, hardly ever in the subgroup. */
  JacobianPoint<Fp2> anywhereOnG2() {
    while (true) {
      Fp2 x = fp2();
      Fp2 y = root(x.square().multiply(x).add(Curve.G2.b()));
      if (y != null) {
        return Curve.G2.point(x, y);
      }
    }
  }

  /** p = 3 modulo 4, so x^((p+1)/4) is a root if there is one. */
  private static @Nullable Fp root(Fp square) {
    Fp root = Fp.of(square.toBigInteger().modPow(Fp.P.add(BigInteger.ONE).shiftRight(2), Fp.P));
    return root.square().equals(square) ? root : null;
  }

  /** With (x + y u)^2 = c0 + c1 u, x^2 is (c0 + s)/2 for one of the two roots s of the norm. */
  private static @Nullable Fp2 root(Fp2 square) {
    Fp half = Fp.ONE.times(2).inverse();
    Fp s = root(square.c0().square().add(square.c1().square()));
    if (s == null) {
      return null;
    }
    for (Fp each : List.of(s, s.negate())) {
      Fp x = root(square.c0().add(each).multiply(half));
      if (x != null && !x.isZero()) {
        return new Fp2(x, square.c1().multiply(half).multiply(x.inverse()));
      }
    }
    return null;
  }

  private static Fp decimal(String digits) {
    return Fp.of(new BigInteger(digits));
  }
}
