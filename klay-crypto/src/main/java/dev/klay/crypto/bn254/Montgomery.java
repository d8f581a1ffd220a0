package dev.klay.crypto.bn254;

/**
 * Arithmetic on the limbs of field elements modulo p = 0x3064..fd47 (254 bits), in Montgomery form
 * with R = 2^260.
 *
 * <p>A number is the sum of five signed limbs l_i 2^(52 i). Twelve spare bits a limb mean that sums
 * and products need no carry while they are formed, which is what costs most in a language without
 * an add-with-carry. Java 17 has {@code multiplyHigh} for signed numbers only, and no limb here
 * ever reaches the sign bit: with both factors shifted by six, the high half of a product is
 * exactly what belongs to the next limb.
 *
 * <p>Every result has |l_i| &lt; 2^52 + 2^11 (i &lt; 4) and a value between -1.03 p and 1.03 p. The
 * factors of {@link #product} and {@link #sumOfProducts} may be such numbers and their negatives:
 * then a limb of the accumulator stays below 5 (2 + 2 + 2) 2^52 &lt; 2^57, and the value before the
 * division by R is below 2 (1.03 p)^2 + R p &lt; 1.03 R p, since R / p &gt; 84.
 */
final class Montgomery {
  static final int LIMBS = 5;
  static final int BITS = 52;
  static final long MASK = (1L << BITS) - 1;

  /** The limbs of p. */
  static final long P0 = 0x08c16d87cfd47L;

  static final long P1 = 0x916871ca8d3c2L;

  static final long P2 = 0x181585d97816aL;

  static final long P3 = 0xa029b85045b68L;

  static final long P4 = 0x030644e72e131L;

  /** -1/p modulo 2^52. */
  private static final long NEGATIVE_INVERSE = 0x20782e4866389L;

  /** Half of 64 - 52: both factors of a high product carry it. */
  private static final int SHIFT = 6;

  /** 2^57 / P4, to estimate how often p fits into a number from its highest limb. */
  private static final int QUOTIENT_BITS = 57;

  private static final long P_RECIPROCAL = (1L << QUOTIENT_BITS) / P4;
  private static final long QUOTIENT_HALF = 1L << (QUOTIENT_BITS - 1);

  private Montgomery() {}

  /** a b / R. */
  static long[] product(long[] a, long[] b) {
    long b0 = b[0];
    long b1 = b[1];
    long b2 = b[2];
    long b3 = b[3];
    long b4 = b[4];
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    long t4 = 0;
    for (int i = 0; i < LIMBS; i++) {
      long ai = a[i];
      long as = ai << SHIFT;
      t0 += (ai * b0 & MASK);
      long m = t0 * NEGATIVE_INVERSE & MASK;
      long ms = m << SHIFT;
      t0 =
          t1
              + Math.multiplyHigh(as, b0 << SHIFT)
              + (ai * b1 & MASK)
              + (t0 + MASK >> BITS)
              + Math.multiplyHigh(ms, P0 << SHIFT)
              + (m * P1 & MASK);
      t1 =
          t2
              + Math.multiplyHigh(as, b1 << SHIFT)
              + (ai * b2 & MASK)
              + Math.multiplyHigh(ms, P1 << SHIFT)
              + (m * P2 & MASK);
      t2 =
          t3
              + Math.multiplyHigh(as, b2 << SHIFT)
              + (ai * b3 & MASK)
              + Math.multiplyHigh(ms, P2 << SHIFT)
              + (m * P3 & MASK);
      t3 =
          t4
              + Math.multiplyHigh(as, b3 << SHIFT)
              + (ai * b4 & MASK)
              + Math.multiplyHigh(ms, P3 << SHIFT)
              + (m * P4 & MASK);
      t4 = Math.multiplyHigh(as, b4 << SHIFT) + Math.multiplyHigh(ms, P4 << SHIFT);
    }
    return carried(t0, t1, t2, t3, t4);
  }

  /** (a b + c d) / R: one reduction for two products. */
  static long[] sumOfProducts(long[] a, long[] b, long[] c, long[] d) {
    long b0 = b[0];
    long b1 = b[1];
    long b2 = b[2];
    long b3 = b[3];
    long b4 = b[4];
    long d0 = d[0];
    long d1 = d[1];
    long d2 = d[2];
    long d3 = d[3];
    long d4 = d[4];
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    long t4 = 0;
    for (int i = 0; i < LIMBS; i++) {
      long ai = a[i];
      long as = ai << SHIFT;
      long ci = c[i];
      long cs = ci << SHIFT;
      t0 += (ai * b0 & MASK) + (ci * d0 & MASK);
      long m = t0 * NEGATIVE_INVERSE & MASK;
      long ms = m << SHIFT;
      t0 =
          t1
              + Math.multiplyHigh(as, b0 << SHIFT)
              + (ai * b1 & MASK)
              + Math.multiplyHigh(cs, d0 << SHIFT)
              + (ci * d1 & MASK)
              + (t0 + MASK >> BITS)
              + Math.multiplyHigh(ms, P0 << SHIFT)
              + (m * P1 & MASK);
      t1 =
          t2
              + Math.multiplyHigh(as, b1 << SHIFT)
              + (ai * b2 & MASK)
              + Math.multiplyHigh(cs, d1 << SHIFT)
              + (ci * d2 & MASK)
              + Math.multiplyHigh(ms, P1 << SHIFT)
              + (m * P2 & MASK);
      t2 =
          t3
              + Math.multiplyHigh(as, b2 << SHIFT)
              + (ai * b3 & MASK)
              + Math.multiplyHigh(cs, d2 << SHIFT)
              + (ci * d3 & MASK)
              + Math.multiplyHigh(ms, P2 << SHIFT)
              + (m * P3 & MASK);
      t3 =
          t4
              + Math.multiplyHigh(as, b3 << SHIFT)
              + (ai * b4 & MASK)
              + Math.multiplyHigh(cs, d3 << SHIFT)
              + (ci * d4 & MASK)
              + Math.multiplyHigh(ms, P3 << SHIFT)
              + (m * P4 & MASK);
      t4 =
          Math.multiplyHigh(as, b4 << SHIFT)
              + Math.multiplyHigh(cs, d4 << SHIFT)
              + Math.multiplyHigh(ms, P4 << SHIFT);
    }
    return carried(t0, t1, t2, t3, t4);
  }

  /** a a / R, with 15 products instead of 25: d_i is the double of a_i. */
  static long[] square(long[] a) {
    long a0 = a[0];
    long a1 = a[1];
    long a2 = a[2];
    long a3 = a[3];
    long a4 = a[4];
    long d0 = a0 << 1;
    long d1 = a1 << 1;
    long d2 = a2 << 1;
    long d3 = a3 << 1;
    return divided(
        new long[] {
          (a0 * a0 & MASK),
          (d0 * a1 & MASK) + high(a0, a0),
          (d0 * a2 & MASK) + high(d0, a1) + (a1 * a1 & MASK),
          (d0 * a3 & MASK) + high(d0, a2) + (d1 * a2 & MASK) + high(a1, a1),
          (d0 * a4 & MASK) + high(d0, a3) + (d1 * a3 & MASK) + high(d1, a2) + (a2 * a2 & MASK),
          high(d0, a4) + (d1 * a4 & MASK) + high(d1, a3) + (d2 * a3 & MASK) + high(a2, a2),
          high(d1, a4) + (d2 * a4 & MASK) + high(d2, a3) + (a3 * a3 & MASK),
          high(d2, a4) + (d3 * a4 & MASK) + high(a3, a3),
          high(d3, a4) + (a4 * a4 & MASK),
          high(a4, a4)
        });
  }

  /** The part of a product that belongs to the next limb. */
  private static long high(long x, long y) {
    return Math.multiplyHigh(x << SHIFT, y << SHIFT);
  }

  /** A number of ten limbs, divided by R. */
  private static long[] divided(long[] t) {
    long t0 = t[0];
    long t1 = t[1];
    long t2 = t[2];
    long t3 = t[3];
    long t4 = t[4];
    for (int i = 0; i < LIMBS; i++) {
      long m = t0 * NEGATIVE_INVERSE & MASK;
      long ms = m << SHIFT;
      t0 = t1 + (t0 + MASK >> BITS) + Math.multiplyHigh(ms, P0 << SHIFT) + (m * P1 & MASK);
      t1 = t2 + Math.multiplyHigh(ms, P1 << SHIFT) + (m * P2 & MASK);
      t2 = t3 + Math.multiplyHigh(ms, P2 << SHIFT) + (m * P3 & MASK);
      t3 = t4 + Math.multiplyHigh(ms, P3 << SHIFT) + (m * P4 & MASK);
      t4 = t[i + LIMBS] + Math.multiplyHigh(ms, P4 << SHIFT);
    }
    return carried(t0, t1, t2, t3, t4);
  }

  /** k a + n b for small factors, |k| + |n| at most 24; the value comes back below p. */
  static long[] combine(long[] a, int k, long[] b, int n) {
    return reduced(
        k * a[0] + n * b[0],
        k * a[1] + n * b[1],
        k * a[2] + n * b[2],
        k * a[3] + n * b[3],
        k * a[4] + n * b[4]);
  }

  static long[] sum(long[] a, long[] b) {
    return reduced(a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]);
  }

  static long[] difference(long[] a, long[] b) {
    return reduced(a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3], a[4] - b[4]);
  }

  static long[] negative(long[] a) {
    return new long[] {-a[0], -a[1], -a[2], -a[3], -a[4]};
  }

  /** The same value with limbs 0 to 3 between 0 and 2^52 - 1; the highest takes the sign. */
  static long[] normalized(long[] a) {
    long[] result = a.clone();
    for (int i = 0; i < LIMBS - 1; i++) {
      result[i + 1] += result[i] >> BITS;
      result[i] &= MASK;
    }
    return result;
  }

  /** Takes away the multiple of p nearest to the value: at most 0.52 p is left. */
  static long[] reduced(long t0, long t1, long t2, long t3, long t4) {
    long q = t4 * P_RECIPROCAL + QUOTIENT_HALF >> QUOTIENT_BITS;
    return carried(t0 - q * P0, t1 - q * P1, t2 - q * P2, t3 - q * P3, t4 - q * P4);
  }

  /** Moves what exceeds 52 bits into the next limb, once and for all limbs at the same time. */
  private static long[] carried(long t0, long t1, long t2, long t3, long t4) {
    return new long[] {
      t0 & MASK,
      (t1 & MASK) + (t0 >> BITS),
      (t2 & MASK) + (t1 >> BITS),
      (t3 & MASK) + (t2 >> BITS),
      t4 + (t3 >> BITS)
    };
  }
}
