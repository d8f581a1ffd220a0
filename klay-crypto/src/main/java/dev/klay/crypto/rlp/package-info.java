/** Recursive Length Prefix: a writer, and a reader that accepts the canonical form only. */
@NullMarked
package dev.klay.crypto.rlp;

import org.jspecify.annotations.NullMarked;
