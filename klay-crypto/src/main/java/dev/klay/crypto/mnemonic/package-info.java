/** Mnemonic phrases (BIP-39) and hierarchical keys (BIP-32, BIP-44). */
@NullMarked
package dev.klay.crypto.mnemonic;

import org.jspecify.annotations.NullMarked;
