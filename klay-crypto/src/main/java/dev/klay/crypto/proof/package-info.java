/**
 * What makes a block final, verifiable without chain state: extra data, seals, certificates, quorum
 * arithmetic and {@link dev.klay.crypto.proof.FinalityProof}.
 */
@NullMarked
package dev.klay.crypto.proof;

import org.jspecify.annotations.NullMarked;
