package dev.klay.crypto.bn254;

/**
 * The multiple T of a point Q of G2 in Miller's loop, in projective coordinates, and the lines on
 * its way. Has a state: belongs to one loop.
 *
 * <p>Source of the formulas: Aranha, Barreto, Longa, Ricardini, The Realm of the Pairings (ePrint
 * 2013/722), section 4.
 */
final class MillerPoint {
  private static final Fp2 B = Curve.G2.b();

  private Fp2 x;
  private Fp2 y;
  private Fp2 z = Fp2.ONE;

  MillerPoint(AffinePoint<Fp2> q) {
    this.x = q.x();
    this.y = q.y();
  }

  /** Doubles T; the tangent at it. */
  Line twice() {
    Fp2 yy = y.square();
    Fp2 zz = z.square();
    Fp2 e = B.multiply(zz).times(3);
    Fp2 f = e.times(3);
    Fp2 yz2 = y.add(z).square().subtract(yy.add(zz));
    Line line = new Line(yz2.negate(), x.square().times(3), e.subtract(yy));
    Fp2 sum = yy.add(f);
    x = x.multiply(y).times(2).multiply(yy.subtract(f));
    y = Fp2.combine(sum.square(), 1, e.square(), -12);
    z = yy.multiply(yz2).times(4);
    return line;
  }

  /** Adds a point; the line through both. */
  Line add(AffinePoint<Fp2> q) {
    Fp2 theta = y.subtract(q.y().multiply(z));
    Fp2 lambda = x.subtract(q.x().multiply(z));
    Fp2 d = lambda.square();
    Fp2 e = lambda.multiply(d);
    Fp2 g = x.multiply(d);
    Fp2 h = Fp2.combine(e.add(z.multiply(theta.square())), 1, g, -2);
    Line line =
        new Line(lambda, theta.negate(), theta.multiply(q.x()).subtract(lambda.multiply(q.y())));
    x = lambda.multiply(h);
    y = theta.multiply(g.subtract(h)).subtract(e.multiply(y));
    z = z.multiply(e);
    return line;
  }
}
