package dev.klay.crypto.bn254;

/** c0 + c1 v + c2 v^2 over {@link Fp2} with v^3 = 9 + u, immutable. */
record Fp6(Fp2 c0, Fp2 c1, Fp2 c2) {
  static final Fp6 ZERO = new Fp6(Fp2.ZERO, Fp2.ZERO, Fp2.ZERO);
  static final Fp6 ONE = new Fp6(Fp2.ONE, Fp2.ZERO, Fp2.ZERO);

  Fp6 add(Fp6 other) {
    return new Fp6(c0.add(other.c0), c1.add(other.c1), c2.add(other.c2));
  }

  Fp6 subtract(Fp6 other) {
    return new Fp6(c0.subtract(other.c0), c1.subtract(other.c1), c2.subtract(other.c2));
  }

  Fp6 negate() {
    return new Fp6(c0.negate(), c1.negate(), c2.negate());
  }

  /** Karatsuba's way: six products instead of nine. */
  Fp6 multiply(Fp6 other) {
    Fp2 p0 = c0.multiply(other.c0);
    Fp2 p1 = c1.multiply(other.c1);
    Fp2 p2 = c2.multiply(other.c2);
    Fp2 p01 = c0.add(c1).multiply(other.c0.add(other.c1)).subtract(p0.add(p1));
    Fp2 p02 = c0.add(c2).multiply(other.c0.add(other.c2)).subtract(p0.add(p2));
    Fp2 p12 = c1.add(c2).multiply(other.c1.add(other.c2)).subtract(p1.add(p2));
    return new Fp6(p12.multiplyByXi().add(p0), p2.multiplyByXi().add(p01), p02.add(p1));
  }

  /** Times b0 + b1 v. */
  Fp6 multiply(Fp2 b0, Fp2 b1) {
    Fp2 p0 = c0.multiply(b0);
    Fp2 p1 = c1.multiply(b1);
    Fp2 p01 = c0.add(c1).multiply(b0.add(b1)).subtract(p0.add(p1));
    return new Fp6(c2.multiply(b1).multiplyByXi().add(p0), p01, c2.multiply(b0).add(p1));
  }

  Fp6 multiply(Fp2 factor) {
    return new Fp6(c0.multiply(factor), c1.multiply(factor), c2.multiply(factor));
  }

  Fp6 multiplyByV() {
    return new Fp6(c2.multiplyByXi(), c0, c1);
  }

  Fp6 inverse() {
    Fp2 t0 = c0.square().subtract(c1.multiply(c2).multiplyByXi());
    Fp2 t1 = c2.square().multiplyByXi().subtract(c0.multiply(c1));
    Fp2 t2 = c1.square().subtract(c0.multiply(c2));
    Fp2 norm = c0.multiply(t0).add(c2.multiply(t1).add(c1.multiply(t2)).multiplyByXi());
    Fp2 scale = norm.inverse();
    return new Fp6(t0.multiply(scale), t1.multiply(scale), t2.multiply(scale));
  }
}
