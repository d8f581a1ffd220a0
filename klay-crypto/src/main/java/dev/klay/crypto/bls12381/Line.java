package dev.klay.crypto.bls12381;

/**
 * A line through points of the twisted curve, up to a factor in {@link Fp2}, which the final
 * exponentiation removes: at a point (x, y) of G1 its value is c0 + c1 x v + c4 y v w.
 */
record Line(Fp2 c0, Fp2 c1, Fp2 c4) {}
