/**
 * Calls that change nothing: what a message or a transaction would do on a state and in a block,
 * how much gas it needs, and what it touches. The door is {@link dev.klay.core.call.Simulation}.
 */
@NullMarked
package dev.klay.core.call;

import org.jspecify.annotations.NullMarked;
