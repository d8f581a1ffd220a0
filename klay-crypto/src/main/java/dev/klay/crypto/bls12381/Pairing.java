package dev.klay.crypto.bls12381;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The optimal ate pairing e of G1 and G2. One object gathers pairs; {@link #isOne()} tells whether
 * the product of their pairings is 1. Not for use by several threads.
 *
 * <pre>{@code
 * // e(P, Q) = e(R, S)
 * new Pairing().multiply(p, q).multiply(r.negate(), s).isOne()
 * }</pre>
 */
public final class Pairing {
  /** Pairs whose loops share the squarings; the rest waits, so that the memory is bounded. */
  private static final int GROUP_SIZE = 16;

  private final List<MillerLoop.Term> waiting = new ArrayList<>();
  private Fp12 product = Fp12.ONE;

  /**
   * Multiplies by e(p, q).
   *
   * @return this
   * @throws InvalidPointException if a point is outside its subgroup
   */
  public Pairing multiply(G1 p, G2 q) {
    q.ensureInSubgroup();
    return q.isInfinity()
        ? multiply(p, List.<Line>of().iterator(), true)
        : multiply(p, new MillerPoint(q.point.toAffine()), false);
  }

  /**
   * Multiplies by e(p, q).
   *
   * @return this
   * @throws InvalidPointException if the point of G1 is outside the subgroup
   */
  public Pairing multiply(G1 p, PreparedG2 q) {
    return multiply(p, q.lines.iterator(), q.infinity);
  }

  private Pairing multiply(G1 p, Iterator<Line> lines, boolean infinity) {
    p.ensureInSubgroup();
    if (!p.isInfinity() && !infinity) {
      waiting.add(new MillerLoop.Term(p.point.toAffine(), lines));
      if (waiting.size() == GROUP_SIZE) {
        multiplyWaiting();
      }
    }
    return this;
  }

  private void multiplyWaiting() {
    if (!waiting.isEmpty()) {
      product = product.multiply(MillerLoop.product(waiting));
      waiting.clear();
    }
  }

  /** Whether the product so far is 1; true for no pairs. */
  public boolean isOne() {
    return value().equals(Fp12.ONE);
  }

  /** The product so far, to the power 3 (see {@link FinalExponentiation}). */
  Fp12 value() {
    multiplyWaiting();
    return FinalExponentiation.apply(product);
  }
}
