package dev.klay.crypto.bls12381;

import org.jspecify.annotations.Nullable;

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

  /** A square root, either one; null if there is none. */
  @Nullable F sqrt();

  boolean isZero();

  /** sgn0 of RFC 9380 section 4.1: whether the sign is 1. */
  boolean isOdd();

  /** Whether this comes after its negative in the order of the compressed encodings. */
  boolean isGreaterThanNegative();

  /** Writes the element, big-endian, highest coefficient as the field's {@code decode} reads it. */
  void encode(byte[] target, int offset);
}
