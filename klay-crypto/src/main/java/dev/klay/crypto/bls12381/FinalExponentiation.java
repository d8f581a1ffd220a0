package dev.klay.crypto.bls12381;

/**
 * Raises to 3 (p^12 - 1)/r, which maps the values of Miller's loop to the roots of 1 of order r.
 * The factor 3 is prime to r and saves work.
 *
 * <p>Source: Hayashida, Hayasaka, Teruya, Efficient final exponentiation via cyclotomic structure
 * (ePrint 2020/875): the hard part is (z - 1)^2 (z + p) (z^2 + p^2 - 1) + 3.
 */
final class FinalExponentiation {
  private FinalExponentiation() {}

  static Fp12 apply(Fp12 f) {
    Fp12 r = easyPart(f);
    Fp12 a = powZ(r).multiply(r.conjugate());
    Fp12 b = powZ(a).multiply(a.conjugate());
    Fp12 c = powZ(b).multiply(b.frobenius());
    Fp12 d = powZ(powZ(c)).multiply(c.frobenius().frobenius()).multiply(c.conjugate());
    return d.multiply(r.cyclotomicSquare()).multiply(r);
  }

  /** The power (p^6 - 1)(p^2 + 1). */
  private static Fp12 easyPart(Fp12 f) {
    Fp12 t = f.conjugate().multiply(f.inverse());
    return t.frobenius().frobenius().multiply(t);
  }

  /** The power z, in the cyclotomic subgroup. */
  private static Fp12 powZ(Fp12 f) {
    Fp12 result = f;
    for (int bit = Curve.Z.bitLength() - 2; bit >= 0; bit--) {
      result = result.cyclotomicSquare();
      if (Curve.Z.testBit(bit)) {
        result = result.multiply(f);
      }
    }
    return result.conjugate();
  }
}
