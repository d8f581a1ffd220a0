/**
 * The world state: an immutable value per block, and the journaled overlay in which the
 * transactions of the next block run.
 */
@NullMarked
package dev.klay.core.state;

import org.jspecify.annotations.NullMarked;
