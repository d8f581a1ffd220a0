/** Immutable values every layer speaks: bytes, hashes, addresses, 256-bit integers and money. */
@NullMarked
package dev.klay.crypto.primitive;

import org.jspecify.annotations.NullMarked;
