/**
 * The pairing-friendly curve BLS12-381 without a native library: both groups, the optimal ate
 * pairing, hashing to the curve (RFC 9380) and BLS signatures.
 *
 * <p>From the bottom up: {@code Montgomery} and {@code Fp}, the tower {@code Fp2}, {@code Fp6},
 * {@code Fp12}; {@code JacobianPoint} with the group law for both curves; the public groups {@link
 * dev.klay.crypto.bls12381.G1} and {@link dev.klay.crypto.bls12381.G2}; {@link
 * dev.klay.crypto.bls12381.Pairing}.
 *
 * <p>Made for public data: nothing here runs in constant time, so secret scalars do not belong
 * here.
 */
@NullMarked
package dev.klay.crypto.bls12381;

import org.jspecify.annotations.NullMarked;
