package dev.klay.core.evm;

/**
 * Division of words ({@code a / b} into {@code b}); by zero it gives zero. Long division with
 * digits of 64 bits (Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D), whose
 * digits are estimated with a reciprocal (N. Möller and T. Granlund, Improved division by invariant
 * integers, 2011). Keeps scratch space, so one for each thread; wide-arithmetic programs spend most
 * of their time here.
 */
final class Division {
  /** Dividend of up to eight digits and one for normalising, overwritten by the remainder. */
  private final long[] u = new long[9];

  private final long[] v = new long[4];
  private final long[] q = new long[5];

  // Where divideLimb leaves its second result.
  private long rest;

  void div(long[] s, int a, int b) {
    int i = a << 2;
    int j = b << 2;
    if (isShort(s, i, j)) {
      s[j] = s[j] == 0 ? 0 : Long.divideUnsigned(s[i], s[j]);
      return;
    }
    if (Words.isZero(s, b)) {
      return;
    }
    load(s, i);
    divide(4, s, j);
    for (int k = 0; k < 4; k++) {
      s[j + k] = q[k];
    }
  }

  void mod(long[] s, int a, int b) {
    int i = a << 2;
    int j = b << 2;
    if (isShort(s, i, j)) {
      s[j] = s[j] == 0 ? 0 : Long.remainderUnsigned(s[i], s[j]);
      return;
    }
    if (Words.isZero(s, b)) {
      return;
    }
    load(s, i);
    remainder(4, s, j);
  }

  /** The quotient rounds to zero; the most negative number by -1 is itself. */
  void sdiv(long[] s, int a, int b) {
    boolean negative = Words.isNegative(s, a) != Words.isNegative(s, b);
    makePositive(s, a);
    makePositive(s, b);
    div(s, a, b);
    if (negative) {
      Words.negate(s, b);
    }
  }

  /** The remainder has the sign of a. */
  void smod(long[] s, int a, int b) {
    boolean negative = Words.isNegative(s, a);
    makePositive(s, a);
    makePositive(s, b);
    mod(s, a, b);
    if (negative) {
      Words.negate(s, b);
    }
  }

  private static void makePositive(long[] s, int a) {
    if (Words.isNegative(s, a)) {
      Words.negate(s, a);
    }
  }

  private static boolean isShort(long[] s, int i, int j) {
    return (s[i + 1] | s[i + 2] | s[i + 3] | s[j + 1] | s[j + 2] | s[j + 3]) == 0;
  }

  /** (a + b) mod m into m. */
  void addmod(long[] s, int a, int b, int m) {
    if (Words.isZero(s, m)) {
      return;
    }
    int i = a << 2;
    int j = b << 2;
    long carry = 0;
    for (int k = 0; k < 4; k++) {
      long x = s[i + k];
      long y = s[j + k];
      u[k] = x + y + carry;
      carry = Words.carry(x, y, u[k]);
    }
    u[4] = carry;
    remainder(5, s, m << 2);
  }

  /** (a * b) mod m into m. */
  void mulmod(long[] s, int a, int b, int m) {
    if (Words.isZero(s, m)) {
      return;
    }
    int i = a << 2;
    int j = b << 2;
    u[0] = 0;
    u[1] = 0;
    u[2] = 0;
    u[3] = 0;
    for (int x = 0; x < 4; x++) {
      long digit = s[i + x];
      long carry = 0;
      for (int y = 0; y < 4; y++) {
        long low = digit * s[j + y];
        long high = Words.high(digit, s[j + y]);
        long sum = u[x + y] + low;
        high += Words.below(sum, low);
        u[x + y] = sum + carry;
        carry = high + Words.below(u[x + y], sum);
      }
      u[x + 4] = carry;
    }
    remainder(8, s, m << 2);
  }

  private void load(long[] s, int i) {
    u[0] = s[i];
    u[1] = s[i + 1];
    u[2] = s[i + 2];
    u[3] = s[i + 3];
  }

  /** Leaves the remainder of u in the divisor's place. */
  private void remainder(int digits, long[] s, int j) {
    int shift = divide(digits, s, j);
    for (int k = 0; k < 4; k++) {
      long high = shift == 0 ? 0 : u[k + 1] << (64 - shift);
      s[j + k] = u[k] >>> shift | high;
    }
  }

  /**
   * Divides the first digits of u by the word at s[j], which is not zero. The quotient's lower
   * digits are in q, the remainder, shifted left by the result, in u[0] to u[4].
   */
  private int divide(int digits, long[] s, int j) {
    int n = 4;
    while (s[j + n - 1] == 0) {
      n--;
    }
    int m = digits;
    while (m > 0 && u[m - 1] == 0) {
      m--;
    }
    for (int k = m; k < 9; k++) {
      u[k] = 0;
    }
    for (int k = 0; k < 5; k++) {
      q[k] = 0;
    }
    if (m < n) {
      return 0;
    }
    int shift = Long.numberOfLeadingZeros(s[j + n - 1]);
    normalise(s, j, n, m, shift);
    long reciprocal = reciprocal(v[n - 1]);
    for (int k = m - n; k >= 0; k--) {
      long digit = quotientDigit(n, k, reciprocal);
      if (k < 5) {
        q[k] = digit;
      }
    }
    return shift;
  }

  private void normalise(long[] s, int j, int n, int m, int shift) {
    if (shift == 0) {
      for (int k = 0; k < n; k++) {
        v[k] = s[j + k];
      }
      return;
    }
    for (int k = n - 1; k > 0; k--) {
      v[k] = s[j + k] << shift | s[j + k - 1] >>> (64 - shift);
    }
    v[0] = s[j] << shift;
    u[m] = u[m - 1] >>> (64 - shift);
    for (int k = m - 1; k > 0; k--) {
      u[k] = u[k] << shift | u[k - 1] >>> (64 - shift);
    }
    u[0] <<= shift;
  }

  /** Steps D3 to D6: estimates one digit, multiplies, subtracts, and corrects. */
  private long quotientDigit(int n, int k, long reciprocal) {
    long top = v[n - 1];
    long estimate;
    if (u[k + n] == top) {
      estimate = -1;
    } else {
      estimate = divideLimb(u[k + n], u[k + n - 1], top, reciprocal);
      if (n > 1) {
        estimate = refine(estimate, v[n - 2], u[k + n - 2], top);
      }
    }
    long borrow = subtractMultiple(estimate, n, k);
    boolean negative = Long.compareUnsigned(u[k + n], borrow) < 0;
    u[k + n] -= borrow;
    while (negative) { // the estimate was too large, by two at most
      estimate--;
      if (addBack(n, k)) {
        u[k + n]++;
        negative = u[k + n] != 0;
      }
    }
    return estimate;
  }

  /** Uses the next digits of both to take away what the first ones overestimate. */
  private long refine(long estimate, long second, long next, long top) {
    long refined = estimate;
    while (isAbove(Words.high(refined, second), refined * second, rest, next)) {
      refined--;
      rest += top;
      if (Long.compareUnsigned(rest, top) < 0) {
        break;
      }
    }
    return refined;
  }

  private static boolean isAbove(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order != 0 ? order > 0 : Long.compareUnsigned(low, otherLow) > 0;
  }

  private long subtractMultiple(long estimate, int n, int k) {
    long borrow = 0;
    for (int x = 0; x < n; x++) {
      long low = estimate * v[x];
      long high = Words.high(estimate, v[x]);
      long due = low + borrow;
      high += Words.below(due, low);
      long digit = u[k + x];
      u[k + x] = digit - due;
      borrow = high + Words.below(digit, due);
    }
    return borrow;
  }

  /** Whether a carry left the highest digit. */
  private boolean addBack(int n, int k) {
    long carry = 0;
    for (int x = 0; x < n; x++) {
      long digit = u[k + x];
      u[k + x] = digit + v[x] + carry;
      carry = Words.carry(digit, v[x], u[k + x]);
    }
    return carry == 1;
  }

  /** floor((2^128 - 1) / d) - 2^64 of a digit whose highest bit is set. */
  private static long reciprocal(long d) {
    // Long division of (2^64 - 1 - d, 2^64 - 1) by d with digits of 32 bits.
    long high = d >>> 32;
    long low = d & 0xffff_ffffL;
    long n1 = ~d;
    long q1 = Long.divideUnsigned(n1, high);
    long r1 = n1 - q1 * high;
    while (q1 >>> 32 != 0 || Long.compareUnsigned(q1 * low, r1 << 32 | 0xffff_ffffL) > 0) {
      q1--;
      r1 += high;
      if (r1 >>> 32 != 0) {
        break;
      }
    }
    long n2 = (n1 << 32 | 0xffff_ffffL) - q1 * d;
    long q0 = Long.divideUnsigned(n2, high);
    long r0 = n2 - q0 * high;
    while (q0 >>> 32 != 0 || Long.compareUnsigned(q0 * low, r0 << 32 | 0xffff_ffffL) > 0) {
      q0--;
      r0 += high;
      if (r0 >>> 32 != 0) {
        break;
      }
    }
    return (q1 << 32) + q0;
  }

  /** (high, low) / d with high below d; the remainder is left in {@link #rest}. */
  private long divideLimb(long high, long low, long d, long reciprocal) {
    long q0 = reciprocal * high;
    long q1 = Words.high(reciprocal, high);
    q0 += low;
    q1 += high + Words.below(q0, low) + 1;
    long r = low - q1 * d;
    if (Long.compareUnsigned(r, q0) > 0) {
      q1--;
      r += d;
    }
    if (Long.compareUnsigned(r, d) >= 0) {
      q1++;
      r -= d;
    }
    rest = r;
    return q1;
  }
}
