package dev.klay.crypto.bn254;

import java.util.ArrayList;
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
   * Multiplies by e(p, q), which is 1 if either point is infinity.
   *
   * @return this
   */
  public Pairing multiply(G1 p, G2 q) {
    if (!p.isInfinity() && !q.isInfinity()) {
      waiting.add(new MillerLoop.Term(p.point.toAffine(), q.point.toAffine()));
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

  /** The product so far, to a fixed power (see {@link FinalExponentiation}). */
  Fp12 value() {
    multiplyWaiting();
    return FinalExponentiation.apply(product);
  }
}
