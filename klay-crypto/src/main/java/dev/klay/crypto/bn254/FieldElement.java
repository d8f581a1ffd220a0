package dev.klay.crypto.bn254;

/** What curve formulas need of the field of the coordinates. Elements are immutable. */
interface FieldElement<F extends FieldElement<F>> {
  F add(F other);

  F subtract(F other);

  F negate();

  F multiply(F other);

  F square();

  /** A small multiple, |factor| at most 12. */
  F times(int factor);

  /** 1/x; zero has none and gives zero. */
  F inverse();

  boolean isZero();
}
