/** Keystore files (versions 1, 3 and 4), Klaytn's wallet-key format, and the password policy. */
@NullMarked
package dev.klay.crypto.keystore;

import org.jspecify.annotations.NullMarked;
