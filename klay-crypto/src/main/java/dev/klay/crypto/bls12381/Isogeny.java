package dev.klay.crypto.bls12381;

import java.util.List;

/**
 * A rational map between curves: x and y times a quotient of polynomials in x each.
 *
 * @param xNumerator coefficients, highest power first, as the others
 */
record Isogeny<F extends FieldElement<F>>(
    List<F> xNumerator, List<F> xDenominator, List<F> yNumerator, List<F> yDenominator) {

  /** The image; infinity where a denominator vanishes. */
  JacobianPoint<F> apply(AffinePoint<F> point) {
    F xDown = evaluate(xDenominator, point.x());
    F yDown = evaluate(yDenominator, point.x());
    F z = xDown.multiply(yDown); // so X = (x/z^2) needs no division
    F x = evaluate(xNumerator, point.x()).multiply(yDown).multiply(z);
    F y = evaluate(yNumerator, point.x()).multiply(point.y());
    return new JacobianPoint<>(x, y.multiply(xDown).multiply(z.square()), z);
  }

  private static <F extends FieldElement<F>> F evaluate(List<F> polynomial, F x) {
    F value = polynomial.get(0);
    for (int i = 1; i < polynomial.size(); i++) {
      value = value.multiply(x).add(polynomial.get(i));
    }
    return value;
  }
}
