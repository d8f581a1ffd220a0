package dev.klay.crypto.bn254;

/**
 * Raises to 2 z (6 z^2 + 3 z + 1) (p^12 - 1)/r, which maps the values of Miller's loop to the roots
 * of 1 of order r. The factor before the fraction is prime to r and saves work.
 *
 * <p>Source: Fuentes-Castaneda, Knapp, Rodriguez-Henriquez, Faster hashing to G2 (SAC 2011),
 * section 5.2: with a = 12 z^3 + 6 z^2 + 6 z and b = a - 2 z the hard part is (a + 6 z^2 + 1) + b p
 * + a p^2 + (b - 1) p^3.
 */
final class FinalExponentiation {
  private static final byte[] DIGITS = SignedDigits.of(Curve.Z, 2);

  private FinalExponentiation() {}

  static Fp12 apply(Fp12 f) {
    Fp12 r = easyPart(f);
    Fp12 z2 = powZ(r).cyclotomicSquare();
    Fp12 z6 = z2.cyclotomicSquare().multiply(z2);
    Fp12 zz6 = powZ(z6);
    Fp12 a = powZ(zz6.cyclotomicSquare()).multiply(zz6).multiply(z6);
    Fp12 b = a.multiply(z2.conjugate());
    return a.multiply(zz6)
        .multiply(r)
        .multiply(b.frobenius())
        .multiply(a.frobenius().frobenius())
        .multiply(b.multiply(r.conjugate()).frobenius().frobenius().frobenius());
  }

  /** The power (p^6 - 1)(p^2 + 1). */
  private static Fp12 easyPart(Fp12 f) {
    Fp12 t = f.conjugate().multiply(f.inverse());
    return t.frobenius().frobenius().multiply(t);
  }

  /** The power z, in the cyclotomic subgroup, where the conjugate is the inverse. */
  private static Fp12 powZ(Fp12 f) {
    Fp12 inverse = f.conjugate();
    Fp12 result = Fp12.ONE;
    for (int i = DIGITS.length - 1; i >= 0; i--) {
      result = result.cyclotomicSquare();
      if (DIGITS[i] != 0) {
        result = result.multiply(DIGITS[i] > 0 ? f : inverse);
      }
    }
    return result;
  }
}
