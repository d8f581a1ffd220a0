/**
 * The contract ABI: types, values, and what a contract's functions, events and errors look like as
 * bytes. Encoding and decoding are canonical and strict; nothing is guessed or repaired.
 */
@NullMarked
package dev.klay.client.abi;

import org.jspecify.annotations.NullMarked;
