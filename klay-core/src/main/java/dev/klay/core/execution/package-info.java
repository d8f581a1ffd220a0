/**
 * Executes transactions and blocks: a function of the parent state, the block's environment and its
 * transactions, the same on every machine ({@code klaytn-transactions.md} sections 6 and 7, {@code
 * klaytn-fees.md}). No clock, no I/O.
 */
@NullMarked
package dev.klay.core.execution;

import org.jspecify.annotations.NullMarked;
