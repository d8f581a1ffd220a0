/** Keys and recoverable ECDSA signatures on secp256k1. */
@NullMarked
package dev.klay.crypto.secp256k1;

import org.jspecify.annotations.NullMarked;
