/** Hash functions of the chain. */
@NullMarked
package dev.klay.crypto.hash;

import org.jspecify.annotations.NullMarked;
