/**
 * Klaytn's Istanbul: who proposes and who votes, seeds and shuffles, quorums, timers and messages
 * ({@code klaytn-consensus.md}). Needed to follow and to show Klaytn's chains; our own chains run
 * another protocol.
 */
@NullMarked
package dev.klay.core.istanbul;

import org.jspecify.annotations.NullMarked;
