/**
 * Transactions: what they say ({@link dev.klay.core.transaction.Tx}, a sealed family), and signed
 * ({@link dev.klay.core.transaction.SignedTx}) as they travel and stand in blocks.
 */
@NullMarked
package dev.klay.core.transaction;

import org.jspecify.annotations.NullMarked;
