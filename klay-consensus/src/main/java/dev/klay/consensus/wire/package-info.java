/** The bytes of everything that nodes send each other ({@code consensus.md} section 3). */
@NullMarked
package dev.klay.consensus.wire;

import org.jspecify.annotations.NullMarked;
