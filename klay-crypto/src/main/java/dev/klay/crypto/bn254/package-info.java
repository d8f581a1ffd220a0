/**
 * The pairing-friendly curve alt_bn128, also called BN254, without a native library: what EIP-196
 * and EIP-197 need.
 *
 * <p>From the bottom up: {@code Montgomery} and {@code Fp}, the tower {@code Fp2}, {@code Fp6},
 * {@code Fp12}; {@code JacobianPoint} with the group law for both curves; the public groups {@link
 * dev.klay.crypto.bn254.G1} and {@link dev.klay.crypto.bn254.G2}; {@link
 * dev.klay.crypto.bn254.Pairing}.
 *
 * <p>Made for public data: nothing here runs in constant time, so secret scalars do not belong
 * here.
 */
@NullMarked
package dev.klay.crypto.bn254;

import org.jspecify.annotations.NullMarked;
