package dev.klay.crypto.bls12381;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The map of pairs of field elements to the second group: simplified SWU onto an isogenous curve,
 * then its 3-isogeny. Source of the numbers: RFC 9380 section 8.8.2 and appendix E.3; coefficients
 * from the highest power to the constant, each with its real part first.
 */
final class MapToG2 {
  private static final String X_NUMERATOR =
      """
      171d6541fa38ccfaed6dea691f5fb614cb14b4e7f4e810aa22d6108f142b85757098e38d0f671c7188e2aaaaaaaa5ed1 0
      11560bf17baa99bc32126fced787c88f984f87adf7ae0c7f9a208c6b4f20a4181472aaa9cb8d555526a9ffffffffc71e
          8ab05f8bdd54cde190937e76bc3e447cc27c3d6fbd7063fcd104635a790520c0a395554e5c6aaaa9354ffffffffe38d
      0 11560bf17baa99bc32126fced787c88f984f87adf7ae0c7f9a208c6b4f20a4181472aaa9cb8d555526a9ffffffffc71a
      5c759507e8e333ebb5b7a9a47d7ed8532c52d39fd3a042a88b58423c50ae15d5c2638e343d9c71c6238aaaaaaaa97d6
          5c759507e8e333ebb5b7a9a47d7ed8532c52d39fd3a042a88b58423c50ae15d5c2638e343d9c71c6238aaaaaaaa97d6
      """;

  private static final String X_DENOMINATOR =
      """
      1 0
      c 1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaa9f
      0 1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaa63
      """;

  private static final String Y_NUMERATOR =
      """
      124c9ad43b6cf79bfbf7043de3811ad0761b0f37a1e26286b0e977c69aa274524e79097a56dc4bd9e1b371c71c718b10 0
      11560bf17baa99bc32126fced787c88f984f87adf7ae0c7f9a208c6b4f20a4181472aaa9cb8d555526a9ffffffffc71c
          8ab05f8bdd54cde190937e76bc3e447cc27c3d6fbd7063fcd104635a790520c0a395554e5c6aaaa9354ffffffffe38f
      0 5c759507e8e333ebb5b7a9a47d7ed8532c52d39fd3a042a88b58423c50ae15d5c2638e343d9c71c6238aaaaaaaa97be
      1530477c7ab4113b59a4c18b076d11930f7da5d4a07f649bf54439d87d27e500fc8c25ebf8c92f6812cfc71c71c6d706
          1530477c7ab4113b59a4c18b076d11930f7da5d4a07f649bf54439d87d27e500fc8c25ebf8c92f6812cfc71c71c6d706
      """;

  private static final String Y_DENOMINATOR =
      """
      1 0
      12 1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaa99
      0 1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffa9d3
      1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffa8fb
          1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffa8fb
      """;

  private static final CurveMap<Fp2> MAP =
      new CurveMap<>(
          new SimplifiedSwu<>(
              new Fp2(Fp.ZERO, Fp.of(BigInteger.valueOf(240))),
              Fp2.XI.multiply(Fp.of(BigInteger.valueOf(1012))),
              new Fp2(Fp.ONE.times(-2), Fp.ONE.negate())),
          new Isogeny<>(
              numbers(X_NUMERATOR),
              numbers(X_DENOMINATOR),
              numbers(Y_NUMERATOR),
              numbers(Y_DENOMINATOR)));

  private MapToG2() {}

  /** The point of an element; in the subgroup. */
  static JacobianPoint<Fp2> map(Fp2 u) {
    return clearCofactor(MAP.apply(u));
  }

  /** hash_to_curve's last steps: both elements are mapped, the sum is brought into the subgroup. */
  static JacobianPoint<Fp2> mapBoth(Fp2 u0, Fp2 u1) {
    return clearCofactor(MAP.apply(u0).add(MAP.apply(u1)));
  }

  /** [z^2 - z - 1] P + [z - 1] psi(P) + psi^2(2 P). Source: RFC 9380 appendix G.3. */
  static JacobianPoint<Fp2> clearCofactor(JacobianPoint<Fp2> point) {
    JacobianPoint<Fp2> timesZ = point.multiply(Curve.Z).negate();
    JacobianPoint<Fp2> psi = Endomorphisms.psi(point);
    JacobianPoint<Fp2> sum = timesZ.add(psi);
    return sum.multiply(Curve.Z)
        .negate()
        .add(timesZ.negate())
        .add(point.negate())
        .add(psi.negate())
        .add(Endomorphisms.psi(Endomorphisms.psi(point.twice())));
  }

  private static List<Fp2> numbers(String text) {
    String[] parts = text.split("\\s+");
    List<Fp2> numbers = new ArrayList<>();
    for (int i = 0; i < parts.length; i += 2) {
      numbers.add(new Fp2(Fp.ofHex(parts[i]), Fp.ofHex(parts[i + 1])));
    }
    return List.copyOf(numbers);
  }
}
