package dev.klay.crypto.bls12381;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of Miller's loop for one point Q of G2, in the order of the loop: for each bit of |z|
 * after the highest the tangent at T, then, if the bit is set, the line through T and Q; T runs
 * through the multiples of Q in projective coordinates. Has a state: belongs to one loop.
 *
 * <p>Source of the formulas: Aranha, Barreto, Longa, Ricardini, The Realm of the Pairings (ePrint
 * 2013/722), section 4.
 */
final class MillerPoint implements Iterator<Line> {
  private static final Fp2 B = Curve.G2.b();

  private final AffinePoint<Fp2> q;
  private Fp2 x;
  private Fp2 y;
  private Fp2 z = Fp2.ONE;
  private int bit = Curve.Z.bitLength() - 2;
  private boolean doubled;

  MillerPoint(AffinePoint<Fp2> q) {
    this.q = q;
    this.x = q.x();
    this.y = q.y();
  }

  @Override
  public boolean hasNext() {
    return bit >= 0;
  }

  @Override
  public Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException("Miller's loop has ended");
    }
    boolean adds = doubled;
    Line line = adds ? addQ() : twice();
    doubled = !adds && Curve.Z.testBit(bit);
    if (!doubled) {
      bit--;
    }
    return line;
  }

  private Line twice() {
    Fp2 yy = y.square();
    Fp2 zz = z.square();
    Fp2 e = B.multiply(zz).times(3);
    Fp2 f = e.times(3);
    Fp2 yz2 = y.add(z).square().subtract(yy.add(zz));
    Line line = new Line(e.subtract(yy), x.square().times(3), yz2.negate());
    Fp2 sum = yy.add(f);
    x = x.multiply(y).times(2).multiply(yy.subtract(f));
    y = Fp2.combine(sum.square(), 1, e.square(), -12);
    z = yy.multiply(yz2).times(4);
    return line;
  }

  private Line addQ() {
    Fp2 theta = y.subtract(q.y().multiply(z));
    Fp2 lambda = x.subtract(q.x().multiply(z));
    Fp2 d = lambda.square();
    Fp2 e = lambda.multiply(d);
    Fp2 g = x.multiply(d);
    Fp2 h = Fp2.combine(e.add(z.multiply(theta.square())), 1, g, -2);
    Line line =
        new Line(theta.multiply(q.x()).subtract(lambda.multiply(q.y())), theta.negate(), lambda);
    x = lambda.multiply(h);
    y = theta.multiply(g.subtract(h)).subtract(e.multiply(y));
    z = z.multiply(e);
    return line;
  }
}
