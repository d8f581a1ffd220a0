/** Root of the cryptographic module. */
@NullMarked
package dev.klay.crypto;

import org.jspecify.annotations.NullMarked;
