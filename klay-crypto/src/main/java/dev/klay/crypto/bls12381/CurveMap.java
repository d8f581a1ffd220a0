package dev.klay.crypto.bls12381;

/** Any field element to a point of the curve, in the subgroup or not. Source: RFC 9380, 6.6.3. */
record CurveMap<F extends FieldElement<F>>(SimplifiedSwu<F> onto, Isogeny<F> isogeny) {
  JacobianPoint<F> apply(F u) {
    return isogeny.apply(onto.map(u));
  }
}
