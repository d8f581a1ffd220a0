package dev.klay.crypto.bls12381;

/**
 * 1/x modulo p by division steps, several times as fast as {@code BigInteger.modInverse}: an
 * inversion is most of the price of adding two points for a contract.
 *
 * <p>Thirty steps at a time are decided by the lowest bits of f and g alone and gathered in a
 * matrix, which then moves the whole numbers. Always f = d x and g = e x modulo p. Limbs have
 * thirty bits, the highest takes the sign.
 *
 * <p>Source: Bernstein and Yang, Fast constant-time gcd computation and modular inversion (2019),
 * section 11; the bounds of d and e follow Pieter Wuille's notes on libsecp256k1.
 */
final class Inversion {
  static final int BITS = 30;
  static final int LIMBS = 13;

  private static final long MASK = (1L << BITS) - 1;

  /** Theorem 11.2 of the source: (49 * 381 + 57) / 17 steps are enough for numbers below p. */
  private static final int BATCHES_MAX = 37;

  private final long[] p;

  /** 1/p modulo 2^30. */
  private final long pInverse;

  private final long[] f;
  private final long[] g;
  private final long[] d = new long[LIMBS];
  private final long[] e = new long[LIMBS];
  private long delta = 1;
  private long u;
  private long v;
  private long q;
  private long r;

  private Inversion(long[] p, long pInverse, long[] x) {
    this.p = p;
    this.pInverse = pInverse;
    this.f = p.clone();
    this.g = x.clone();
    e[0] = 1;
  }

  /**
   * The inverse of a number from 1 to p - 1: between 0 and 3 p, in limbs from 0 to 2^30 - 1.
   *
   * @param p an odd prime of at most 381 bits
   * @param pInverse 1/p modulo 2^30
   */
  static long[] invert(long[] x, long[] p, long pInverse) {
    return new Inversion(p, pInverse, x).run();
  }

  private long[] run() {
    for (int batch = 0; !isZero(g); batch++) {
      if (batch == BATCHES_MAX) {
        throw new AssertionError("the division steps did not end");
      }
      decideSteps();
      moveFAndG();
      moveDAndE();
    }
    long sign = f[LIMBS - 1] < 0 ? -1 : 1; // f is 1 or -1
    long[] result = new long[LIMBS];
    long carry = 0;
    for (int i = 0; i < LIMBS; i++) {
      carry += sign * d[i] + 2 * p[i];
      result[i] = carry & MASK;
      carry >>= BITS;
    }
    return result;
  }

  /** Thirty steps on the low bits; 2^30 times the new (f, g) is (u f + v g, q f + r g). */
  private void decideSteps() {
    long low = f[0] | f[1] << BITS;
    long high = g[0] | g[1] << BITS;
    u = 1;
    v = 0;
    q = 0;
    r = 1;
    for (int step = 0; step < BITS; step++) {
      if ((high & 1) != 0 && delta > 0) {
        long difference = high - low;
        low = high;
        high = difference >> 1;
        delta = 1 - delta;
        long newQ = q - u;
        long newR = r - v;
        u = q << 1;
        v = r << 1;
        q = newQ;
        r = newR;
      } else {
        long odd = -(high & 1);
        high = high + (low & odd) >> 1;
        delta++;
        q += u & odd;
        r += v & odd;
        u <<= 1;
        v <<= 1;
      }
    }
  }

  private void moveFAndG() {
    long cf = u * f[0] + v * g[0] >> BITS;
    long cg = q * f[0] + r * g[0] >> BITS;
    for (int i = 1; i < LIMBS; i++) {
      cf += u * f[i] + v * g[i];
      cg += q * f[i] + r * g[i];
      f[i - 1] = cf & MASK;
      g[i - 1] = cg & MASK;
      cf >>= BITS;
      cg >>= BITS;
    }
    f[LIMBS - 1] = cf;
    g[LIMBS - 1] = cg;
  }

  /**
   * The same for d and e, with multiples of p so that the low bits vanish; both stay in (-2p, p).
   */
  private void moveDAndE() {
    long dSign = d[LIMBS - 1] >> (Long.SIZE - 1);
    long eSign = e[LIMBS - 1] >> (Long.SIZE - 1);
    long md = (u & dSign) + (v & eSign);
    long me = (q & dSign) + (r & eSign);
    long cd = u * d[0] + v * e[0];
    long ce = q * d[0] + r * e[0];
    md -= pInverse * cd + md & MASK;
    me -= pInverse * ce + me & MASK;
    cd = cd + p[0] * md >> BITS;
    ce = ce + p[0] * me >> BITS;
    for (int i = 1; i < LIMBS; i++) {
      cd += u * d[i] + v * e[i] + p[i] * md;
      ce += q * d[i] + r * e[i] + p[i] * me;
      d[i - 1] = cd & MASK;
      e[i - 1] = ce & MASK;
      cd >>= BITS;
      ce >>= BITS;
    }
    d[LIMBS - 1] = cd;
    e[LIMBS - 1] = ce;
  }

  private static boolean isZero(long[] number) {
    long any = 0;
    for (long limb : number) {
      any |= limb;
    }
    return any == 0;
  }
}
